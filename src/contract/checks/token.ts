import { documented, inferred, type Page, type Provenance } from '../../spec/evidence.ts'
import type { Operation } from '../../spec/operation.ts'
import type { ReferenceOperationId as OperationId } from '../../spec/wire-types.ts'
import { asks, type Check, defineCheck } from '../check.ts'
import { describe, isAuthRefusal, isLetIn, isSuccess, learnAuthRefusal, refusedAuth } from '../judge.ts'
import { fail } from '../outcome.ts'
import { longToken, malformedToken, signatureForToken, withoutProof, withUnknownToken } from '../probes/access.ts'
import { spacesByAccessToken, spacesByApplicationToken, tokenSpellings } from '../probes/identity.ts'

const header = documented('listUsers', 'Table 2, Authorization')
const pageOf: Readonly<Record<OperationId, Page>> = {
  createBatchProvisioningTask: 'createBatch',
  queryBatchProvisioning: 'queryBatch',
  preverifyBatchImport: 'preverify',
  listUsers: 'listUsers',
  listUserSpaces: 'listSpaces',
}
const tableOf: Readonly<Record<OperationId, string>> = {
  createBatchProvisioningTask: 'Table 1',
  queryBatchProvisioning: 'Table 2',
  preverifyBatchImport: 'Table 1',
  listUsers: 'Table 2',
  listUserSpaces: 'Table 2',
}

/** Where the page of an operation asks for Authorization. */
function authorizationOf({ operationId, page }: Operation): Provenance {
  const known = operationId as OperationId
  return Object.hasOwn(pageOf, known) ? documented(pageOf[known], `${tableOf[known]}, Authorization`) : page
}

const WHY = 'Names, numbers and ids of a whole organisation lie behind this door.'

/** What the checks have in common that somebody without a right token is kept out of an operation. */
const doorOf = (operation: Operation) => ({
  operation: operation.operationId as OperationId,
  from: authorizationOf(operation),
  clause: `${operation.operationId}: Authorization`,
  why: WHY,
  tags: ['authentication'],
})

/** Checks of access tokens, and of doors without any proof. */
export const tokenChecks: readonly Check[] = [
  defineCheck({
    id: 'authentication.token.spellings',
    title: 'take the access token as Bearer+T, Bearer T, or both and bare',
    operation: 'all',
    from: documented('listUsers', 'Table 2, Authorization; Listing User Spaces, Table 2'),
    clause: 'authentication: token',
    why: 'The pages spell it in two ways; a client must know which one works.',
    tags: ['way-in'],
    readings: ['bearer-form'],
    uses: Object.values(tokenSpellings),
    async run({ get, learn, notice }) {
      const seen: string[] = []
      for (const [name, probe] of Object.entries(tokenSpellings)) if (isLetIn(await get(probe))) seen.push(name)
      const answer = seen.includes('blank') ? (seen.includes('plus') ? 'any' : 'blank') : 'plus'
      if (!seen.includes(answer === 'any' ? 'blank' : answer)) {
        fail(
          'Bearer+T or Bearer T to be taken',
          seen.length === 0 ? 'no spelling that is' : `only ${seen.join(' and ')}`,
        )
      }
      if (answer !== 'any' && seen.includes('bare')) notice('the bare token is taken too')
      learn('bearer-form', answer)
    },
  }),
  ...withoutProof.map(([operation, probe]) =>
    defineCheck({
      ...doorOf(operation),
      id: `${operation.id}.without-proof`,
      title: 'refuse a request without Authorization',
      readings: ['auth-failure-status', 'auth-failure-body'],
      ...asks([probe], ([exchange], context) => learnAuthRefusal(exchange, 'a request without Authorization', context)),
    }),
  ),
  ...withUnknownToken.map(([operation, probe]) =>
    defineCheck({
      ...doorOf(operation),
      id: `${operation.id}.unknown-token`,
      title: 'refuse a token that nobody was given',
      ...asks([probe], ([exchange]) => refusedAuth(exchange, 'an unknown token')),
    }),
  ),
  defineCheck({
    id: 'authentication.token.malformed',
    title: 'refuse an Authorization header that is neither token nor signature',
    operation: 'listUsers',
    from: header,
    clause: 'authentication: token',
    why: WHY,
    ...asks([malformedToken], ([exchange]) => refusedAuth(exchange, 'an Authorization header of several words')),
  }),
  defineCheck({
    id: 'authentication.token.longer',
    title: 'refuse the right token with something behind it',
    operation: 'listUsers',
    from: header,
    clause: 'authentication: token',
    why: 'Tokens that are compared by their beginning are guessed sooner.',
    ...asks([longToken], ([exchange]) => refusedAuth(exchange, 'a token with one letter too many')),
  }),
  defineCheck({
    id: 'authentication.token.signature-instead',
    title: 'take an app signature in place of a token',
    operation: 'listUsers',
    from: inferred('Later versions of the pages list X-User-Id, X-Date and Host for these operations'),
    clause: 'authentication: token',
    why: 'An integration that signs anyway would need no token at all.',
    ...asks([signatureForToken], ([exchange]) => {
      if (!isSuccess(exchange)) fail('success with an app signature', describe(exchange), exchange)
    }),
  }),
  defineCheck({
    id: 'list-user-spaces.tokens',
    title: 'take application tokens, and MAY take access tokens too',
    operation: 'listUserSpaces',
    from: documented('listSpaces', 'Table 2, Authorization'),
    clause: 'listUserSpaces: Authorization',
    why: 'The page asks for an application token but describes what users of each role see.',
    tags: ['authentication'],
    readings: ['space-list-token'],
    uses: [spacesByAccessToken, spacesByApplicationToken],
    async run({ get, learn }) {
      const application = await get(spacesByApplicationToken)
      if (isAuthRefusal(application)) fail('an application token to be taken', describe(application), application)
      learn('space-list-token', isAuthRefusal(await get(spacesByAccessToken)) ? 'application' : 'any')
    },
  }),
]
