import { toJson } from '../../shared/json.ts'
import type { Operation } from '../../spec/operation.ts'
import { referenceOperations as operations } from '../../spec/operations.ts'
import type { ReferenceOperationId as OperationId } from '../../spec/wire-types.ts'
import type { Need } from '../credentials.ts'
import type { Exchange } from '../exchange.ts'
import type { Get, Probe, ProbeContext, RunFacts, Safety } from '../probe.ts'
import { type Auth, type RequestSpec, requestFor, signed, toQuery } from '../request-spec.ts'
import { spacesAuth, tokenAuth } from './identity.ts'
import { SMALL, someDepartment } from './lists.ts'
import { mainTask } from './main-task.ts'
import { single } from './single.ts'
import { announce, userOf } from './tasks.ts'

type Parameters = Readonly<Record<string, string | undefined>>
export type JsonBody = Readonly<Record<string, unknown>>

/** A plain request of an operation: right in everything, so that one thing about it can be made wrong. */
export interface Base {
  readonly safety: Safety
  readonly needs: readonly Need[]
  readonly uses: readonly Probe<unknown>[]
  readonly usesWithWrites?: readonly Probe<unknown>[]
  readonly auth: (get: Get) => Promise<Auth>
  readonly query?: (get: Get, facts: RunFacts) => Promise<Parameters>
  /** The query as the plan shows it. */
  readonly shown?: Parameters
  readonly body?: (get: Get, facts: RunFacts) => Promise<JsonBody>
}

const page = { offset: '0', limit: String(SMALL) }

const known: Readonly<Record<OperationId, Base>> = {
  createBatchProvisioningTask: {
    safety: 'write',
    needs: ['signature', 'writes'],
    uses: [mainTask],
    auth: async () => signed,
    async body(get, facts) {
      // The phone has a user by then, so that a target that wrongly takes the request creates nobody.
      await get(mainTask).catch(() => undefined)
      return { userList: [userOf(facts, 0)] }
    },
  },
  queryBatchProvisioning: {
    safety: 'read',
    needs: ['signature'],
    uses: [],
    usesWithWrites: [mainTask],
    auth: async () => signed,
    shown: { taskId: '{task}' },
    query: async (get, { allowWrites, unknown }) => ({
      taskId: allowWrites ? (await get(mainTask)).taskId : unknown.id(),
    }),
  },
  preverifyBatchImport: {
    safety: 'read',
    needs: ['access-token'],
    uses: [tokenAuth, someDepartment],
    auth: (get) => get(tokenAuth),
    async body(get) {
      const { id } = await get(someDepartment)
      return {
        curDeptId: BigInt(id),
        users: [{ targetDeptName: '', personalCapacity: 0, isAllocateCapacity: false }],
      }
    },
  },
  listUsers: {
    safety: 'read',
    needs: ['access-token'],
    uses: [tokenAuth],
    auth: (get) => get(tokenAuth),
    shown: page,
    query: async () => page,
  },
  listUserSpaces: {
    safety: 'read',
    needs: ['access-token'],
    uses: [spacesAuth],
    auth: (get) => get(spacesAuth),
    shown: page,
    query: async () => page,
  },
}

/** The plain request of an operation; one that nobody has described yet is built from its first example. */
export function baseOf(operation: Operation): Base {
  if (Object.hasOwn(known, operation.operationId)) return known[operation.operationId as OperationId]
  const [example] = Object.values(operation.examples)
  const byToken = operation.authentication === 'token'
  return {
    safety: operation.method === 'GET' ? 'read' : 'write',
    needs: [byToken ? 'access-token' : 'signature', ...(operation.method === 'GET' ? [] : ['writes' as const])],
    uses: byToken ? [tokenAuth] : [],
    auth: async (get) => (byToken ? get(tokenAuth) : signed),
    ...(example?.query !== undefined && { shown: example.query, query: async () => example.query ?? {} }),
    ...(example?.body !== undefined && { body: async () => example.body as JsonBody }),
  }
}

/** A change of a plain request. */
export interface Variation {
  readonly id: string
  /** Replaces the proof of identity. */
  readonly auth?: (get: Get, facts: RunFacts) => Promise<Auth>
  /** Needed in place of what the proof of the plain request needs. */
  readonly needs?: readonly Need[]
  /** Probes that the proof rests on. */
  readonly uses?: readonly Probe<unknown>[]
  readonly query?: (parameters: Parameters) => Parameters
  readonly body?: (body: JsonBody) => JsonBody
  readonly headers?: Readonly<Record<string, string>>
}

/** A probe that sends the plain request of an operation with one change. */
export function variation(operation: Operation, change: Variation): Probe<Exchange> {
  const base = baseOf(operation)
  const own = (context: ProbeContext): Promise<Auth> => (change.auth ?? base.auth)(context.get, context.facts)
  return single({
    id: `${operation.id}.${change.id}`,
    operation,
    safety: base.safety,
    needs: change.needs ?? base.needs,
    uses: [...base.uses, ...(change.uses ?? [])],
    ...(base.usesWithWrites !== undefined && { usesWithWrites: base.usesWithWrites }),
    query: base.shown && unescaped(toQuery((change.query ?? same)(base.shown))),
    async build(context) {
      const { get, facts } = context
      const auth = await own(context)
      const query = base.query && (change.query ?? same)(await base.query(get, facts))
      const body = base.body && (change.body ?? same)(await base.body(get, facts))
      if (base.safety === 'write' && body !== undefined) {
        announce(context, listIn(body), `${change.id}; to be refused`)
      }
      const spec = requestFor(operation, auth, {
        ...(query !== undefined && { query }),
        ...(body !== undefined && { body: toJson(body) }),
      })
      return { ...spec, headers: { ...spec.headers, ...change.headers } } satisfies RequestSpec
    },
  })
}

const same = <T>(value: T): T => value
const unescaped = (query: string): string => query.replaceAll('%7B', '{').replaceAll('%7D', '}')
const listIn = ({ userList }: JsonBody): readonly unknown[] => (Array.isArray(userList) ? userList : [])

/** Every operation with the plain type. */
export const everyOperation = operations as readonly Operation[]
