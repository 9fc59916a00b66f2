import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inCleanRoot, runIn, startIn } from '../support/clean-root.ts'
import { readDockerfile, type Stage, textsOf } from '../support/dockerfile.ts'
import { run, slowJudge } from '../support/judge.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const stages = readDockerfile(`${root}Dockerfile`)
const [build, final] = stages as [Stage, Stage]
const healthCommand = (): string[] => JSON.parse(/CMD (\[.*\])$/.exec(only(final, 'HEALTHCHECK'))?.[1] ?? '[]')
/** Others may use this machine meanwhile. */
const BUSY_MACHINE = 5

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
      cpSync(join(from, from === root ? word.replace(/^\/app\//, '') : word), target, {
        recursive: true,
        verbatimSymlinks: true,
      })
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

  it('leaves out nothing that its instructions copy', () => {
    const kept = readFileSync(`${root}.dockerignore`, 'utf8')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? line.slice(1) : []))
    for (const text of textsOf(build, 'COPY')) {
      for (const word of text.split(/\s+/).slice(0, -1)) expect(kept).toContain(word)
    }
  })

  inCleanRoot(
    'starts in a root of its own as an ordinary user who may write nothing, and is healthy within a second',
    async () => {
      const image = temporaryFolder()
      await carryOut(
        final,
        image,
        new Map([
          [build.name, root],
          ['/app', root],
        ]),
      )
      const mock = await startIn(image, ['--users', '3'], {
        KOODRIVE_MOCK_PORT: '0',
        KOODRIVE_MOCK_CONTROL_TOKEN: 'known',
      })
      const ready = performance.now()
      try {
        expect(mock.url).toMatch(/^http:\/\/0\.0\.0\.0:\d+$/)
        const { port } = new URL(mock.url)
        await runIn(image, healthCommand(), { KOODRIVE_MOCK_PORT: port })
        expect(performance.now() - ready).toBeLessThan(BUSY_MACHINE * 1000)
        const local = `http://127.0.0.1:${port}`
        const users = await fetch(`${local}/koodrive/ose/v1/userList?offset=0&limit=1`, {
          headers: { Authorization: 'Bearer mock-admin-token' },
        })
        expect(await users.json()).toMatchObject({ total: 3 })
        const page = await fetch(`${local}/__admin/docs`)
        expect([page.status, (await page.text()).includes('swagger-ui.css')]).toEqual([200, true])
        expect((await fetch(`${local}/__admin/console/assets/swagger-ui.css`)).status).toBe(200)
        expect((await fetch(`${local}/__admin/ready`)).status).toBe(401)
        const headers = { Authorization: 'Bearer known' }
        expect((await fetch(`${local}/__admin/ready`, { headers })).status).toBe(200)
      } finally {
        expect(await mock.stop()).toBe(0)
      }
    },
  )

  inCleanRoot('refuses a wrong setting of the environment with one line and exit 2', async () => {
    const image = temporaryFolder()
    await carryOut(
      final,
      image,
      new Map([
        [build.name, root],
        ['/app', root],
      ]),
    )
    await expect(startIn(image, [], { KOODRIVE_MOCK_USERS: 'many' })).rejects.toThrow(
      /ended with 2[\s\S]*KOODRIVE_MOCK_USERS/,
    )
  })

  // No container engine: the instructions run one by one in empty folders, those of the build in the system that is here.
  slowJudge(
    'is built by its instructions from the files that .dockerignore lets through',
    async () => {
      const folder = temporaryFolder()
      const roots = new Map(stages.map((stage, index) => [stage.name, join(folder, String(index))]))
      for (const stage of stages) await carryOut(stage, roots.get(stage.name) ?? '', roots)
      const version = await run(process.execPath, [
        join(roots.get(final.name) ?? '', 'app/dist/cli/main.js'),
        '--version',
      ])
      expect(version.trim()).toBe(JSON.parse(readFileSync(`${root}package.json`, 'utf8')).version)
    },
    5,
  )
})
