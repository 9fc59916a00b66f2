import { toJson } from '../../shared/json.ts'
import { preverifyBatchImport } from '../../spec/operations/preverify-batch-import.ts'
import type { Exchange } from '../exchange.ts'
import { skip } from '../outcome.ts'
import { defineProbe, maybe, once, type Probe, type ProbeContext } from '../probe.ts'
import { type RequestSpec, requestFor, toQuery } from '../request-spec.ts'
import { tokenAuth } from './identity.ts'
import { listProbe, someDepartment, userList, WHOLE } from './lists.ts'
import { single } from './single.ts'

/** Time for an effect to show, if there were one. */
const SETTLE_MS = 400
/** More than any organisation has free, in GB. The carrier reference allows 104,857,600 for one space. */
const TOO_MUCH_GB = 104_857_600

export const plain = { personalCapacity: 0, isAllocateCapacity: false } as const
const allocating = (personalCapacity: number) => ({ personalCapacity, isAllocateCapacity: true })

/** Rows without anything that a target could have against them, and one that Table 3 does not allow. */
export const mixedRows = [plain, { ...plain, personalCapacity: 5 }, plain, plain] as const
/** Where in them the row is that has capacity but allocates none. */
export const WRONG_ROW = 1

/** Sizes that the member guide does not allow in the console; the API page names no bounds. */
const oddSizes = [
  { row: allocating(0), why: 'it allocates a space of 0 GB' },
  { row: allocating(-1), why: 'it allocates a space of -1 GB' },
  { row: allocating(TOO_MUCH_GB), why: 'it asks for more than any organisation has free' },
] as const

type Build = (curDeptId: bigint, context: ProbeContext) => Partial<RequestSpec> & { readonly json: unknown }

function preverifyProbe(id: string, build: Build): Probe<Exchange> {
  return single({
    id: `preverify.${id}`,
    operation: preverifyBatchImport,
    needs: ['access-token'],
    uses: [tokenAuth, someDepartment],
    async build(context) {
      const department = await context.get(someDepartment)
      const { json, query: _query, ...rest } = build(BigInt(department.id), context)
      return requestFor(preverifyBatchImport, await context.get(tokenAuth), { body: toJson(json), ...rest })
    },
  })
}

/** Rows that are right in everything. */
export const preverifyPlain = preverifyProbe('plain', (curDeptId) => ({
  json: { curDeptId, users: [plain, plain, plain] },
}))

/** Right rows around a wrong one, in one request. */
export const preverifyRows = preverifyProbe('rows', (curDeptId) => ({ json: { curDeptId, users: mixedRows } }))

/** More rows than fit a page of a list, each as right as the other. */
export const MANY_ROWS = 250
export const preverifyMany = preverifyProbe('many-rows', (curDeptId) => ({
  json: { curDeptId, users: Array.from({ length: MANY_ROWS }, () => plain) },
  shellBody: `node -p '\`{"curDeptId":${curDeptId},"users":[\${Array(${MANY_ROWS}).fill(\`${JSON.stringify(plain)}\`)}]}\`'`,
}))

/** A right row and one for a department name that nobody has. */
export const preverifyName = preverifyProbe('unknown-name', (curDeptId, { facts }) => ({
  json: { curDeptId, users: [plain, { ...plain, targetDeptName: facts.unknown.name }] },
}))

/** A right row and one for each odd size, each in a request of its own: a target may refuse it as a whole. */
export const preverifySizes = oddSizes.map(({ row, why }, at) => ({
  why,
  probe: preverifyProbe(`odd-size-${at + 1}`, (curDeptId) => ({ json: { curDeptId, users: [plain, row] } })),
}))

/** How far the ids lie from a department that doubles cannot tell from it. */
const NEIGHBOURS = [1n, 77n, 101n] as const

/** Ids that are the same number as a department to whoever reads ids as doubles. */
export const preverifyRounded = NEIGHBOURS.map((distance, at) => {
  const probe = preverifyProbe(`rounded-department-${at + 1}`, (curDeptId) => ({
    json: { curDeptId: neighbour(curDeptId, distance), users: [plain] },
  }))
  // The first that is refused is proof enough.
  return at === 0 ? probe : maybe(probe)
})

/** Members of the departments with those ids: whoever has one is a department, however much it looks like another. */
export const neighbourMembers = NEIGHBOURS.map((distance, at) =>
  maybe(
    listProbe(
      userList,
      `neighbour-${at + 1}`,
      async (get) => ({
        deptId: String(neighbour(BigInt((await get(someDepartment)).id), distance)),
        offset: '0',
        limit: '1',
      }),
      [someDepartment],
      'deptId={an id beside the department}&offset=0&limit=1',
    ),
  ),
)

/** The id at that distance that a double cannot tell from it. */
function neighbour(id: bigint, distance: bigint): bigint {
  const found = [id + distance, id - distance].find((one) => Number(one) === Number(id))
  return found ?? skip('the ids of the target are short enough for a double')
}

export const preverifyUnknown = preverifyProbe('unknown-department', (_, { facts }) => ({
  json: { curDeptId: BigInt(facts.unknown.id()), users: [plain] },
}))

export const preverifyNull = preverifyProbe('null-optional', (curDeptId) => ({
  json: { curDeptId, users: [{ ...plain, targetDeptName: null }] },
}))

export const preverifyUnknownField = preverifyProbe('unknown-field', (curDeptId) => ({
  json: { curDeptId, users: [plain], undocumentedField: 'x' },
}))

export const preverifyUntyped = preverifyProbe('no-content-type', (curDeptId) => ({
  json: { curDeptId, users: [plain] },
  headers: {},
}))

/** The number of users after the pre-verification, asked as before it, to see that it added none. */
export const totalAfterPreverify = single({
  id: 'preverify.total-after',
  operation: userList.operation,
  needs: ['access-token'],
  uses: [userList.auth, preverifyRows],
  query: toQuery(WHOLE),
  async build({ get, sleep }) {
    await get(preverifyRows)
    await sleep(SETTLE_MS)
    return requestFor(userList.operation, await get(userList.auth), { query: WHOLE })
  },
})

/** The number of users twice more, to tell an effect of the pre-verification from what others do meanwhile. */
export const totalsLater = maybe(
  defineProbe<readonly Exchange[]>({
    id: 'preverify.totals-later',
    operation: 'listUsers',
    safety: 'read',
    needs: ['access-token'],
    uses: [userList.auth, totalAfterPreverify],
    requests: [{ ...once(userList.operation, toQuery(WHOLE)), times: [0, 2] }],
    async run({ get, send, sleep }) {
      await get(totalAfterPreverify)
      const proof = await get(userList.auth)
      const found: Exchange[] = []
      while (found.length < 2) {
        await sleep(SETTLE_MS)
        found.push(await send(requestFor(userList.operation, proof, { query: WHOLE })))
      }
      return found
    },
  }),
)
