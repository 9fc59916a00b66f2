import { limits } from '../../spec/limits.ts'
import { listUsers } from '../../spec/operations/list-users.ts'
import type { Exchange } from '../exchange.ts'
import type { Probe } from '../probe.ts'
import { requestFor } from '../request-spec.ts'
import { variation } from './base.ts'
import { tokenAuth } from './identity.ts'
import { SMALL } from './lists.ts'
import { single } from './single.ts'

/** A trace id of some length. */
const traceId = (length: number): string => 'kdc0trace'.repeat(8).slice(0, length)

const traced = (length: number): Probe<Exchange> =>
  variation(listUsers, { id: `trace-id-${length}`, headers: { 'X-Traceid': traceId(length) } })

/** Trace ids of the documented length, one shorter and one longer. */
export const traceIds = {
  right: traced(limits.traceIdLength),
  shorter: traced(limits.traceIdLength - 1),
  longer: traced(limits.traceIdLength + 1),
} as const

/** A page in Chinese: the header is documented, so nothing but texts may differ. */
export const chineseList = variation(listUsers, { id: 'chinese-list', headers: { language: 'zh-CN' } })

/** A refusal in Chinese. */
export const chineseRefusal = variation(listUsers, {
  id: 'chinese-refusal',
  headers: { language: 'zh-CN' },
  query: (query) => ({ ...query, limit: '0' }),
})

const query = { offset: '0', limit: String(SMALL) }
const elsewhere = (id: string, change: { readonly method?: string; readonly path?: string }): Probe<Exchange> =>
  single({
    id: `service.${id}`,
    operation: listUsers,
    needs: ['access-token'],
    uses: [tokenAuth],
    query: `offset=0&limit=${SMALL}`,
    elsewhere: change,
    build: async ({ get }) => ({ ...requestFor(listUsers, await get(tokenAuth), { query }), ...change }),
  })

export const unknownPath = elsewhere('unknown-path', { path: `${listUsers.path}NoSuch` })
/** PATCH without a body: a target that knows the method by mistake has nothing to change. */
export const otherMethod = elsewhere('other-method', { method: 'PATCH' })
export const trailingSlash = elsewhere('trailing-slash', { path: `${listUsers.path}/` })
