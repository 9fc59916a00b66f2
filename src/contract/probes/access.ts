import type { Operation } from '../../spec/operation.ts'
import { listUsers } from '../../spec/operations/list-users.ts'
import type { Exchange } from '../exchange.ts'
import type { Probe } from '../probe.ts'
import { anonymous } from '../request-spec.ts'
import { baseOf, everyOperation, variation } from './base.ts'
import { tokenForm } from './identity.ts'
import { spaceProbes, userProbes } from './list-probes.ts'

/** Every operation asked without any proof of identity. */
export const withoutProof: readonly (readonly [Operation, Probe<Exchange>])[] = everyOperation.map((operation) => [
  operation,
  variation(operation, { id: 'without-proof', auth: async () => anonymous }),
])

/** The same address asked with the right token: what a cache keeps by address alone, it hands to anybody afterwards. */
const rightBefore: Readonly<Record<string, Probe<Exchange>>> = {
  listUsers: userProbes.smallFirst,
  listUserSpaces: spaceProbes.smallFirst,
}

/** The operations that take a token, each asked with one that nobody has. */
export const withUnknownToken: readonly (readonly [Operation, Probe<Exchange>])[] = everyOperation
  .filter(({ authentication }) => authentication === 'token')
  .map((operation) => {
    const right = rightBefore[operation.operationId]
    return [
      operation,
      variation(operation, {
        id: 'unknown-token',
        uses: [tokenForm, ...(right === undefined ? [] : [right])],
        async auth(get, { unknown }) {
          const form = await get(tokenForm)
          if (right !== undefined) await get(right).catch(() => undefined)
          return { scheme: 'token', token: 'access', form, value: unknown.hex.slice(0, 48) }
        },
      }),
    ]
  })

const users: Operation = listUsers

/** An Authorization header in a form that no page describes. */
export const malformedToken = variation(users, {
  id: 'malformed-authorization',
  auth: async () => anonymous,
  headers: { Authorization: 'Token is none' },
})

/** The right token with something behind it. */
export const longToken = variation(users, {
  id: 'long-token',
  uses: [tokenForm],
  auth: async (get) => ({ scheme: 'token', token: 'access', form: await get(tokenForm), suffix: 'x' }),
})

/** An app signature where a token is documented. */
export const signatureForToken = variation(users, {
  id: 'signature-instead',
  needs: [...baseOf(users).needs, 'signature'],
  auth: async () => ({ scheme: 'signature' }),
})
