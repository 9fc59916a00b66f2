import { paths } from './client.ts'
import type { Target } from './targets.ts'

/** What the clients below do with a mock: calls and the clock. */
export interface Session {
  readonly target: Target
  /** Lets virtual time pass. */
  readonly wait: (ms: number) => void
  readonly create: (...phones: string[]) => Promise<string>
  readonly query: (taskId: string, parameters?: string) => Promise<any>
  readonly list: (parameters: string) => Promise<any>
  readonly preverify: () => Promise<any>
}

export function startSession(target: Target): Session {
  const { client, mock } = target
  const sandbox = mock.world.get('default')
  if (sandbox === undefined) throw new Error('there is no sandbox default')
  return {
    target,
    wait: (ms) => {
      sandbox.execute('set-clock', { now: sandbox.clock.now() + ms, frozen: true, rate: 1 })
    },
    create: async (...phones) => {
      const userList = phones.map((phone) => ({ firstname: 'A', phone }))
      const reply = await client.signed('POST', paths.create, { body: JSON.stringify({ userList }) })
      return reply.json?.data
    },
    query: async (taskId, parameters = '') => {
      const reply = await client.signed('GET', `${paths.query}?taskId=${taskId}${parameters}`)
      return reply.json
    },
    list: async (parameters) => (await client.get(`${paths.users}?${parameters}`)).json,
    preverify: async () =>
      client.post(paths.preverify, {
        curDeptId: 0,
        users: [],
      }),
  }
}

/** Eleven phones that nobody has. */
export const freshPhones = Array.from({ length: 11 }, (_, row) => `1777000${String(row).padStart(4, '0')}`)

/** A client without bad habits: verifies, submits once, polls ever slower, reads every page once, and stops. */
export async function runGoodClient({ target, wait, create, query, list }: Session): Promise<void> {
  const body = '{"curDeptId": 1243693141656107521, "users": []}'
  await target.client.send('POST', paths.preverify, { headers: { Authorization: 'Bearer mock-admin-token' }, body })
  const taskId = await create(...freshPhones)
  for (let pause = 1000, isDone = false; !isDone; pause *= 2) {
    wait(pause)
    const { data } = await query(taskId, '&pageSize=1')
    isDone = data.taskInfo.status === '2' || data.taskInfo.status === '3'
  }
  for (let cursor: string | undefined = '0'; cursor !== undefined; ) {
    const { data } = await query(taskId, `&cursor=${cursor}&pageSize=5`)
    cursor = data.nextPageCursor
  }
  for (let offset = 0, total = 1; offset < total; offset += 100) {
    const page = await list(`offset=${offset}&limit=100`)
    total = page.total
  }
}
