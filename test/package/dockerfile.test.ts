import { chmodSync, cpSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDockerfile, type Stage, textsOf } from '../support/dockerfile.ts'
import { run, slowJudge } from '../support/judge.ts'
import { serve } from '../support/served.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const stages = readDockerfile(`${root}Dockerfile`)
const [, final] = stages as [Stage, Stage]
/** The user `nobody` of Debian. */
const NOBODY = 65_534

const only = (stage: Stage, name: string): string => {
  const texts = textsOf(stage, name)
  expect(texts, name).toHaveLength(1)
  return texts[0] ?? ''
}

const environmentOf = (stage: Stage): Record<string, string> =>
  Object.fromEntries(textsOf(stage, 'ENV').flatMap((text) => text.split(/\s+/).map((pair) => pair.split('=', 2))))

/** Carries out COPY and RUN of a stage in a folder that stands for its root. */
async function carryOut(stage: Stage, image: string, others: ReadonlyMap<string, string>): Promise<void> {
  const work = join(image, only(stage, 'WORKDIR'))
  mkdirSync(work, { recursive: true })
  for (const { name, text } of stage.instructions) {
    if (name === 'RUN') await run('sh', ['-c', text], { cwd: work })
    if (name !== 'COPY') continue
    const words = text.split(/\s+/)
    const from = words[0]?.startsWith('--from=') ? (others.get(words.shift()?.slice(7) ?? '') ?? '') : root
    const to = join(work, words.pop() ?? '')
    for (const word of words) {
      const isFolderTarget = words.length > 1 || text.endsWith('/') || text.endsWith(' .')
      const target = isFolderTarget && basename(word) !== basename(to) ? join(to, basename(word)) : to
      cpSync(join(from, word), target, { recursive: true, verbatimSymlinks: true })
    }
  }
}

describe('the image', () => {
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

  // No container engine: the instructions run one by one in empty folders, as root of the image, but not in its system.
  slowJudge('starts from what its instructions leave, as a user who may write nothing', async () => {
    const folder = temporaryFolder()
    const roots = new Map(stages.map((stage, index) => [stage.name, join(folder, String(index))]))
    for (const stage of stages) await carryOut(stage, roots.get(stage.name) ?? '', roots)
    const image = roots.get(final.name) ?? ''
    chmodSync(folder, 0o755)
    const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
    const [entrypoint = ''] = JSON.parse(only(final, 'ENTRYPOINT'))
    const env = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', ...environmentOf(final) }
    const mock = await serve(['--port', '0'], join(image, entrypoint), { cwd: image, env, ...user })
    try {
      expect(mock.url).toMatch(/^http:\/\/0\.0\.0\.0:\d+$/)
      expect(mock.banner).toContain('control token')
      const [health = '', ...args] = JSON.parse(/CMD (\[.*\])$/.exec(only(final, 'HEALTHCHECK'))?.[1] ?? '[]')
      const port = { KOODRIVE_MOCK_PORT: new URL(mock.url).port }
      await run(join(image, health), args, { cwd: image, env: { ...env, ...port }, ...user })
    } finally {
      await mock.stop()
    }
  })
})
