import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { createTestClient, paths } from '../support/client.ts'
import { slowJudge } from '../support/judge.ts'
import { startPostgres, whyNoPostgres } from '../support/postgres.mjs'
import { root } from '../support/source-files.ts'
import { NOW } from '../support/targets.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** Disks of a test are mounts in memory: that takes root. */
const canMount = process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'true']).status === 0

/** A disk of so many MB. */
function disk(mb: number): string {
  const folder = join(temporaryFolder(), 'disk')
  mkdirSync(folder)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mb}m`, 'tmpfs', folder])
  onTestFinished(() => void execFileSync('umount', ['-l', folder]))
  return folder
}

/** Leaves no room on a disk; gives what makes some again. */
function fill(folder: string): () => void {
  const { bavail, bsize } = statfsSync(folder)
  const file = join(folder, 'fill')
  writeFileSync(file, Buffer.alloc(Math.max(0, bavail * bsize - 16_384)))
  return () => rmSync(file)
}

const body = (rows: number, from: number) =>
  JSON.stringify({
    userList: Array.from({ length: rows }, (_, row) => ({
      firstname: 'A',
      phone: `137${String(from * 1000 + row).padStart(8, '0')}`,
    })),
  })

const serve = (store: string) =>
  spawnSync(process.execPath, [`${root}dist/cli/main.js`, 'serve', '--port', '0', '--store', store], {
    encoding: 'utf8',
    timeout: 90_000,
  })

/** Calls until there is no room; once there is, it goes on, and so does the next process. */
async function survivesAFullDisk(store: string, folder: string): Promise<void> {
  const open = (): Mock => createMock({ store, now: NOW })
  const mock = open()
  const client = createTestClient('http://mock', mock.fetch, mock.credentials, () => NOW)
  const create = (rows: number, from: number) => client.signed('POST', paths.create, { body: body(rows, from) })
  const made: string[] = [(await create(1, 0)).json.data]
  const empty = fill(folder)
  let refused: Awaited<ReturnType<typeof create>> | undefined
  for (let batch = 1; batch < 200 && refused === undefined; batch += 1) {
    const reply = await create(500, batch)
    if (reply.status === 200) made.push(reply.json.data)
    else refused = reply
  }
  expect(refused).toMatchObject({ status: 503, json: { code: expect.any(Number), msg: expect.any(String) } })
  expect(refused?.headers.get('retry-after')).toBe('1')
  expect(refused?.headers.get('x-mock-diagnosis')).toMatch(/[Nn]o space left on device|disk is full/)
  empty()
  const after = await create(1, 500)
  expect(after.status).toBe(200)
  made.push(after.json.data)
  const tasksOf = async (one: Mock) => {
    const response = await one.fetch('http://mock/__admin/sandboxes/default/tasks')
    return ((await response.json()) as { tasks: { taskId: string }[] }).tasks.map(({ taskId }) => taskId)
  }
  expect((await tasksOf(mock)).filter((id) => made.includes(id)).sort()).toEqual([...made].sort())
  await mock.close()
  const next = open()
  expect((await tasksOf(next)).filter((id) => made.includes(id)).sort()).toEqual([...made].sort())
  await next.close()
}

describe.skipIf(!canMount)('a disk', () => {
  it('that is read-only is told in one line, with exit code 1', () => {
    const folder = disk(1)
    execFileSync('mount', ['-o', 'remount,ro', folder])
    const { status, stderr } = serve(join(folder, 'store'))
    expect(stderr).toMatch(/^koodrive-mock: --store: .* cannot be used as a store: the disk is read-only\.\n$/)
    expect(status).toBe(1)
  })

  slowJudge(
    'that is too small for a store is told in one line, and takes one as soon as there is room',
    async () => {
      const folder = disk(8)
      const { status, stderr } = serve(join(folder, 'store'))
      expect(stderr).toMatch(/^koodrive-mock: --store: .* cannot be used as a store: the disk is full\.\n$/)
      expect(status).toBe(1)
      execFileSync('mount', ['-o', 'remount,size=120m', folder])
      const mock = createMock({ store: join(folder, 'store') })
      expect((await mock.fetch('http://mock/__admin/ready')).status).toBe(200)
      await mock.close()
    },
    5,
  )

  slowJudge(
    'that fills up under a folder refuses with 503, and goes on when there is room',
    async () => {
      const folder = disk(120)
      await survivesAFullDisk(join(folder, 'store'), folder)
    },
    5,
  )
})

describe.skipIf(!canMount || whyNoPostgres !== undefined)('a disk of a database', () => {
  slowJudge('that fills up refuses with 503, and goes on when there is room', async () => {
    const server = await startPostgres()
    onTestFinished(() => server.stop())
    const url = await server.createDatabase()
    const folder = disk(12)
    execFileSync('chown', ['65534', folder])
    const place = join(folder, 'space')
    mkdirSync(place)
    execFileSync('chown', ['65534', place])
    execFileSync('chmod', ['755', join(folder, '..')])
    await server.sql(url, `CREATE TABLESPACE small LOCATION '${place}'`)
    const store = `${url}&options=${encodeURIComponent('-c default_tablespace=small')}`
    await survivesAFullDisk(store, folder)
  })
})
