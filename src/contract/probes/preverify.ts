import { toJson } from '../../client/json.ts'
import { preverifyBatchImport } from '../../spec/operations/preverify-batch-import.ts'
import type { Exchange } from '../exchange.ts'
import { defineProbe, maybe, once, type Probe, type ProbeContext } from '../probe.ts'
import { type RequestSpec, requestFor, toQuery } from '../request-spec.ts'
import { tokenAuth } from './identity.ts'
import { someDepartment, UNKNOWN_DEPARTMENT, userList, WHOLE } from './lists.ts'
import { single } from './single.ts'

/** A department name that no organisation has. */
const NO_DEPARTMENT = 'zqxj no such department'
/** Time for an effect to show, if there were one. */
const SETTLE_MS = 400
/** More than any organisation has free, in GB. The carrier reference allows 104,857,600 for one space. */
const TOO_MUCH_GB = 104_857_600

const plain = { personalCapacity: 0, isAllocateCapacity: false } as const
const allocating = (personalCapacity: number) => ({ personalCapacity, isAllocateCapacity: true })

/** Rows whose verdict is known beforehand. */
export const knownRows = [
  { row: plain, passes: true, why: 'it asks for nothing' },
  { row: { ...plain, targetDeptName: NO_DEPARTMENT }, passes: false, why: 'its department does not exist' },
  { row: { ...plain, personalCapacity: 5 }, passes: false, why: 'it has capacity but allocates none' },
  { row: allocating(0), passes: false, why: 'it allocates a space of 0 GB' },
  { row: allocating(-1), passes: false, why: 'it allocates a space of -1 GB' },
  { row: plain, passes: true, why: 'it asks for nothing' },
  { row: allocating(TOO_MUCH_GB), passes: false, why: 'it asks for more than any organisation has free' },
  { row: plain, passes: true, why: 'it asks for nothing' },
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

/** Every row with a known verdict, in one request. */
export const preverifyRows = preverifyProbe('rows', (curDeptId) => ({
  json: { curDeptId, users: knownRows.map(({ row }) => row) },
}))

/** The same with the digits of the department that a double would lose changed. */
export const preverifyRounded = preverifyProbe('rounded-department', (curDeptId) => ({
  json: { curDeptId: neighbour(curDeptId), users: [plain] },
}))

/** A different id that is the same number to whoever reads ids as doubles. */
const neighbour = (id: bigint): bigint => (Number(id + 1n) === Number(id) ? id + 1n : id - 1n)

export const preverifyUnknown = preverifyProbe('unknown-department', () => ({
  json: { curDeptId: BigInt(UNKNOWN_DEPARTMENT), users: [plain] },
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
