import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { guides } from '../support/guides.ts'
import { brokenLinks } from '../support/links.ts'
import { howTo, stepsOf } from '../support/page.ts'
import { root } from '../support/source-files.ts'

const names = readdirSync(`${root}docs/how-to`).map((file) => file.replace(/\.md$/, ''))

describe('the how-to guides', () => {
  it('are each followed by a test: test/judges/how-to.test.ts or one of their own', () => {
    const tests = readdirSync(`${root}test/docs`).map((file) => readFileSync(`${root}test/docs/${file}`, 'utf8'))
    const followed = names.filter((name) => tests.some((text) => text.includes(`how-to/${name}.md`)))
    const toFollow = names.filter((name) => /^```/m.test(howTo(name)))
    expect([...followed, ...guides.map(({ name }) => name)]).toEqual(expect.arrayContaining(toFollow))
  })

  it('have no block that a reader would not know what to do with', () => {
    for (const { name } of guides) expect(stepsOf(howTo(name)).length, name).toBeGreaterThan(1)
    expect(() => stepsOf('```js\nlost()\n```')).toThrow('neither commands nor a named file')
  })

  it('link only to what is there', () => {
    for (const name of names) expect(brokenLinks(`docs/how-to/${name}.md`)).toEqual([])
  })

  it('are each linked from the README', () => {
    const readme = readFileSync(`${root}README.md`, 'utf8')
    for (const name of names) expect(readme).toContain(`docs/how-to/${name}.md`)
  })
})
