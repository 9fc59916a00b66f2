import fc from 'fast-check'
import type { Mock } from '../../src/index.ts'
import type { MockSandbox } from '../../src/mock/mock-sandbox.ts'
import { createTestClient, paths, type TestClient } from './client.ts'

/** One step of a random session: a call of the service, or of the control plane. */
export type Action =
  | { readonly do: 'create'; readonly phones: readonly number[] }
  | { readonly do: 'query'; readonly task: number }
  | { readonly do: 'list'; readonly offset: number }
  | { readonly do: 'preverify'; readonly rows: number }
  | { readonly do: 'advance'; readonly seconds: number }
  | { readonly do: 'end'; readonly task: number; readonly fails: boolean }
  | { readonly do: 'fault'; readonly probability: number }
  | { readonly do: 'clear' }
  | { readonly do: 'scenario'; readonly name: string }
  | { readonly do: 'reading'; readonly value: 'number' | 'string' }
  | { readonly do: 'issue' }
  | { readonly do: 'revoke' }

/** A sandbox in the middle of a session. */
export interface Handle {
  readonly mock: Mock
  readonly sandbox: MockSandbox
  readonly client: TestClient
  readonly tasks: string[]
  tokens: string[]
}

const SCENARIOS = ['happy-path', 'race', 'partial-failure', 'flaky', 'shifting-pages', 'failing-batch', 'clock-skew']

/** Random steps. */
export const actions: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    do: fc.constant('create' as const),
    phones: fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 6 }),
  }),
  fc.record({ do: fc.constant('query' as const), task: fc.nat({ max: 5 }) }),
  fc.record({ do: fc.constant('list' as const), offset: fc.nat({ max: 220 }) }),
  fc.record({ do: fc.constant('preverify' as const), rows: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant('advance' as const), seconds: fc.nat({ max: 900 }) }),
  fc.record({ do: fc.constant('end' as const), task: fc.nat({ max: 5 }), fails: fc.boolean() }),
  fc.record({ do: fc.constant('fault' as const), probability: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ do: fc.constant('scenario' as const), name: fc.constantFrom(...SCENARIOS) }),
  fc.record({ do: fc.constant('reading' as const), value: fc.constantFrom('number' as const, 'string' as const) }),
  fc.constant({ do: 'clear' as const }),
  fc.constant({ do: 'issue' as const }),
  fc.constant({ do: 'revoke' as const }),
)

/** A session in process with the sandbox `default`. */
export function openHandle(mock: Mock): Handle {
  const sandbox = mock.defaultSandbox
  const now = () => Date.parse(sandbox.clock.read().now)
  const client = createTestClient('http://mock', mock.fetch, sandbox.credentials, now)
  return { mock, sandbox, client, tasks: sandbox.tasks.list().map(({ taskId }) => taskId), tokens: [] }
}

/** Does one step; gives status, headers and body of a call, or what the control plane said. */
async function perform(handle: Handle, action: Action): Promise<unknown> {
  const { sandbox, client, tasks } = handle
  const taskAt = (index: number) => tasks[tasks.length - 1 - (index % tasks.length)] ?? '1'
  switch (action.do) {
    case 'create': {
      const userList = action.phones.map((phone) => ({ firstname: 'A', phone: `138${String(phone).padStart(8, '0')}` }))
      return call(client.signed('POST', paths.create, { body: JSON.stringify({ userList }) }), (text) => {
        const id = /"data":"(\d{19})"/.exec(text)?.[1]
        if (id !== undefined) tasks.push(id)
      })
    }
    case 'query':
      return call(client.signed('GET', `${paths.query}?taskId=${taskAt(action.task)}&pageSize=3`))
    case 'list':
      return call(client.send('GET', `${paths.users}?offset=${action.offset}&limit=10`, bearer(handle)))
    case 'preverify': {
      const users = Array(action.rows).fill({ personalCapacity: 10, isAllocateCapacity: true })
      const body = `{"curDeptId":1575416580416769793,"users":${JSON.stringify(users)}}`
      return call(client.send('POST', paths.preverify, { ...bearer(handle), body }))
    }
    case 'advance':
      return sandbox.clock.advance(`PT${action.seconds}S`)
    case 'end':
      return said(() => (action.fails ? sandbox.tasks.fail : sandbox.tasks.complete)(taskAt(action.task)))
    case 'fault':
      return sandbox.faults.add({ kind: 'error', status: 503, probability: action.probability, times: 4 })
    case 'clear':
      return sandbox.faults.clear()
    case 'scenario':
      return sandbox.scenario.set(action.name)
    case 'reading':
      return sandbox.readings.set({ 'code-type': action.value })
    case 'issue': {
      const issued = sandbox.tokens.issue('admin')
      handle.tokens.push(issued.token)
      return issued
    }
    case 'revoke': {
      const token = handle.tokens.pop()
      return token === undefined ? undefined : sandbox.tokens.revoke(token)
    }
  }
}

/** Does every step, in order. */
export async function replies(handle: Handle, session: readonly Action[]): Promise<unknown[]> {
  const said: unknown[] = []
  for (const action of session) said.push(await perform(handle, action))
  return said
}

const bearer = ({ sandbox, tokens }: Handle) => ({
  headers: { Authorization: `Bearer ${tokens.at(-1) ?? sandbox.credentials.tokens.admin}` },
})

async function call(reply: ReturnType<TestClient['send']>, look: (text: string) => void = () => undefined) {
  try {
    const { status, headers, text } = await reply
    look(text)
    return { status, headers: [...headers], text }
  } catch (error) {
    return (error as Error).message
  }
}

function said(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return (error as Error).message
  }
}
