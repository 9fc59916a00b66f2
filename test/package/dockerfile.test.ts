import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readDockerfile, type Stage, textsOf } from '../support/dockerfile.ts'
import { root } from '../support/source-files.ts'

const stages = readDockerfile(`${root}Dockerfile`)
const [build, final] = stages as [Stage, Stage]

const only = (stage: Stage, name: string): string => {
  const texts = textsOf(stage, name)
  expect(texts, name).toHaveLength(1)
  return texts[0] ?? ''
}

const environmentOf = (stage: Stage): Record<string, string> =>
  Object.fromEntries(textsOf(stage, 'ENV').flatMap((text) => text.split(/\s+/).map((pair) => pair.split('=', 2))))

/** What the file says; test/judges/containers.test.ts builds it and runs the image. */
describe('the Dockerfile', () => {
  it('is built in two stages on an official Node image, the second with nothing but the build', () => {
    expect(stages).toHaveLength(2)
    for (const { image } of stages) expect(image).toMatch(/^node:\d+-(?:alpine|slim)$/)
    expect(textsOf(final, 'RUN')).toEqual([])
    expect(textsOf(final, 'COPY').join(' ')).not.toContain('node_modules')
  })

  it('runs as an ordinary user, with the program itself as its entry point, so that flags follow the image name', () => {
    expect(only(final, 'USER')).toBe('node')
    expect(JSON.parse(only(final, 'ENTRYPOINT'))).toEqual(['/app/dist/cli/main.js'])
    expect(textsOf(final, 'CMD')).toEqual([])
  })

  it('listens on every address at the documented port and checks its own health', () => {
    expect(environmentOf(final)).toMatchObject({ KOODRIVE_MOCK_HOST: '0.0.0.0' })
    expect(only(final, 'EXPOSE')).toBe('4010')
    expect(only(final, 'HEALTHCHECK')).toMatch(/CMD \["\/app\/dist\/cli\/main\.js", "healthcheck"\]$/)
  })

  it('leaves out nothing that its instructions copy', () => {
    const kept = readFileSync(`${root}.dockerignore`, 'utf8')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? line.slice(1) : []))
    for (const text of textsOf(build, 'COPY')) {
      for (const word of text.split(/\s+/).slice(0, -1)) expect(kept).toContain(word)
    }
  })
})
