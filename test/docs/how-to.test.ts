import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findTool, run } from '../support/judge.ts'
import { runModule } from '../support/node.ts'
import { root } from '../support/source-files.ts'

const guide = (name: string): string => readFileSync(`${root}docs/how-to/${name}`, 'utf8')
const blocks = (name: string, language: string): string[] =>
  [...guide(name).matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, block = '']) => block)

describe('the how-to guides', () => {
  it.each(blocks('production-host.md', 'js'))(
    'show a program that finds the seeded users at the production host',
    async (program) => {
      expect(await runModule(program)).toBe('200\n')
    },
  )

  it('show the Vitest test of the examples, and it passes', { timeout: 60_000 }, async () => {
    const example = readFileSync(`${root}examples/vitest/provision.test.ts`, 'utf8')
    expect(blocks('vitest.md', 'ts')).toEqual([example])
    const vitest = findTool('vitest') ?? 'vitest'
    expect(await run(vitest, ['run', '--root', 'examples/vitest', '--no-color'])).toContain('1 passed')
  })

  it('are each linked from the README', () => {
    const readme = readFileSync(`${root}README.md`, 'utf8')
    for (const name of readdirSync(`${root}docs/how-to`)) expect(readme).toContain(`docs/how-to/${name}`)
  })
})
