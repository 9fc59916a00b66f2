import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run as commandLine } from '../../src/cli/run.ts'
import { cleanUpRuns, findLeftovers, runContract } from '../../src/contract/index.ts'
import { createMock } from '../../src/index.ts'
import { mockRun } from '../support/contract.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** Journeys that create departments, users and spaces, and a batch. */
const only = [
  'create-department.is-there',
  'create-user.is-there',
  'create-space.is-there',
  'query-batch-provisioning.ends',
]

/** Users and departments that a target has, by its own lists. */
async function population({ fetch, credentials }: ReturnType<typeof mockRun>) {
  const headers = { Authorization: `Bearer ${credentials.accessToken}` }
  const total = async (path: string): Promise<number> => {
    const response = await fetch?.(new Request(`http://127.0.0.1/koodrive/ose/v1${path}`, { headers }))
    const body = (await response?.json()) as { total: number } | undefined
    return Number(body?.total)
  }
  return {
    users: await total('/users/count'),
    departments: await total('/space/departmentList?offset=0&limit=1'),
  }
}

describe('a run that reaches its end', () => {
  it('leaves nothing behind', async () => {
    const told = mockRun()
    const before = await population(told)
    const { cleanUp } = await runContract({ ...told, only }).report()
    expect(cleanUp).toMatchObject({ left: [] })
    expect(cleanUp?.users).toBeGreaterThan(3)
    expect(cleanUp?.departments).toBe(3)
    expect(await population(told)).toEqual(before)
  })

  it('leaves what it created with keep, for contract clean-up', async () => {
    const ledger = join(temporaryFolder(), 'ledger.jsonl')
    const told = mockRun()
    const before = await population(told)
    const { cleanUp, run } = await runContract({ ...told, only, ledger, keep: true }).report()
    expect(cleanUp).toBeUndefined()
    const kept = await population(told)
    expect(kept.users).toBeGreaterThan(before.users)
    expect(kept.departments).toBe(before.departments + 3)

    const found = await findLeftovers({ ...told, ledger })
    expect(found).toMatchObject([{ run }])
    expect(found[0]?.users.length).toBe(kept.users - before.users)
    expect(await population(told)).toEqual(kept)

    const done = await cleanUpRuns({ ...told, ledger })
    expect(done).toMatchObject([{ run, users: kept.users - before.users, departments: 3, left: [] }])
    expect(await population(told)).toEqual(before)
    expect(await findLeftovers({ ...told, ledger })).toEqual([])
    // Each deletion is in the ledger before it is carried out.
    expect(readFileSync(ledger, 'utf8').match(/"note":"delete (?:user|department)/g)).toHaveLength(
      kept.users - before.users + 3,
    )
  })

  it('deletes nobody but its own: whoever was put into its department stays, and so does that', async () => {
    const ledger = join(temporaryFolder(), 'ledger.jsonl')
    const told = mockRun()
    await runContract({ ...told, only, ledger, keep: true }).report()
    const [left] = await findLeftovers({ ...told, ledger })
    const department = left?.departments.at(-1)?.id ?? ''
    const send = (method: string, path: string, body?: string) =>
      told.fetch?.(
        new Request(`http://127.0.0.1/koodrive/ose/v1${path}`, {
          method,
          headers: { Authorization: `Bearer ${told.credentials.accessToken}`, 'Content-Type': 'application/json' },
          ...(body !== undefined && { body }),
        }),
      )
    const list = (await (await send('GET', '/userList?offset=5&limit=1'))?.json()) as { list: { id: string }[] }
    const stranger = list.list[0]?.id ?? ''
    await send('PUT', `/users/${stranger}`, `{"deptId":${department}}`)
    const [done] = await cleanUpRuns({ ...told, ledger })
    expect(done?.left).toHaveLength(1)
    expect(done?.left[0]).toContain(department)
    const user = (await (await send('GET', `/users/${stranger}`))?.json()) as { data: { deptId: string } }
    expect(user.data.deptId).toBe(department)
  })
})

describe('contract clean-up', () => {
  const streams = () => {
    const text = { out: '', err: '' }
    return {
      text,
      out: (more: string) => {
        text.out += more
      },
      err: (more: string) => {
        text.err += more
      },
    }
  }

  it('prints what it would delete with --plan, and deletes it without', async () => {
    const ledger = join(temporaryFolder(), 'ledger.jsonl')
    const mock = createMock({ maxJournal: 0 })
    const { url } = await mock.listen({ port: 0 })
    const { tokens, appId, appSecret, userId } = mock.credentials
    const credentials = { appId, appSecret, userId, accessToken: tokens.admin }
    await runContract({
      target: url,
      credentials,
      only: only.slice(0, 1),
      allowWrites: true,
      ledger,
      keep: true,
    }).report()
    process.env['KOODRIVE_ACCESS_TOKEN'] = tokens.admin
    try {
      const args = ['contract', 'clean-up', '--target', url, '--ledger', ledger]
      const plan = streams()
      expect(await commandLine([...args, '--plan'], plan)).toBe(0)
      expect(plan.text.out).toMatch(/^(?:would delete {2}department \d+ {2}of run kdc\d{7}\n){2}$/)
      const done = streams()
      expect(await commandLine(args, done)).toBe(0)
      expect(done.text.out).toMatch(/^run kdc\d{7}: 0 users and 2 departments deleted\n$/)
      const again = streams()
      expect(await commandLine(args, again)).toBe(0)
      expect(again.text.out).toBe('Nothing is left of the runs of the ledger.\n')
    } finally {
      delete process.env['KOODRIVE_ACCESS_TOKEN']
      await mock.close()
    }
  })

  it.each([
    [
      'a host that was not said once more',
      ['--target', 'http://192.0.2.1'],
      4,
      'needs --confirm-host 192.0.2.1 as well',
    ],
    ['a ledger that is not there', ['--target', 'http://127.0.0.1:1'], 2, 'cannot be read (ENOENT)'],
  ])('refuses %s before the first request', async (_, args, code, message) => {
    process.env['KOODRIVE_ACCESS_TOKEN'] = 'some-token'
    try {
      const seen = streams()
      const ledger = join(temporaryFolder(), 'none.jsonl')
      expect(await commandLine(['contract', 'clean-up', '--ledger', ledger, ...args], seen)).toBe(code)
      expect(seen.text.err).toContain(message)
    } finally {
      delete process.env['KOODRIVE_ACCESS_TOKEN']
    }
  })
})
