import { listUserSpaces } from '../../spec/operations/list-user-spaces.ts'
import { listUsers } from '../../spec/operations/list-users.ts'
import { queryBatchProvisioning } from '../../spec/operations/query-batch-provisioning.ts'
import type { Need } from '../credentials.ts'
import type { Exchange } from '../exchange.ts'
import { isAuthRefusal, isGatewayError, isLike, isRefusal } from '../judge.ts'
import { skip } from '../outcome.ts'
import { defineProbe, derivedProbe, maybe, once, type Probe, type RunFacts } from '../probe.ts'
import { type Auth, anonymous, requestFor, signed, type TokenAuth, type TokenForm } from '../request-spec.ts'
import { single } from './single.ts'

/** A task id that no organisation has, as the plan shows it. */
export const UNKNOWN_TASK = '{a task id that nobody has}'

/** A question about a task that does not exist, with some proof of identity. */
export const question = (
  id: string,
  proof: (facts: RunFacts) => Auth,
  needs: readonly Need[] = ['signature'],
): Probe<Exchange> =>
  single({
    id,
    operation: queryBatchProvisioning,
    needs,
    query: `taskId=${UNKNOWN_TASK}`,
    build: ({ facts }) => requestFor(queryBatchProvisioning, proof(facts), { query: { taskId: facts.unknown.id() } }),
  })

/** The signed question: the plainest signed request that reads. */
export const signedQuestion = question('identity.signed-question', () => signed)

/** The same signed with a secret that nobody has. */
export const wrongSecret = question('signature.wrong-secret', ({ unknown }) => ({
  scheme: 'signature',
  secret: unknown.hex,
}))

/** The same without any proof. */
export const unprovenQuestion = maybe(question('signature.no-proof', () => anonymous, []))

/**
 * Whether nothing tells a refused signature from an unknown task: the right signature, a wrong one and none at all are
 * answered alike, and not as unauthorized. Whether the target takes the signature only a task tells that exists.
 */
export const isSignatureUnclear = derivedProbe<boolean>({
  id: 'identity.signature-unclear',
  operation: 'queryBatchProvisioning',
  needs: ['signature'],
  uses: [signedQuestion, wrongSecret],
  mayUse: [unprovenQuestion],
  async run({ get }) {
    const exchange = await get(signedQuestion)
    const isOutspoken = OUTSPOKEN.includes(exchange.response.status) || isGatewayError(exchange)
    if (isOutspoken || !isRefusal(exchange) || !isLike(exchange, await get(wrongSecret))) return false
    return isLike(exchange, await get(unprovenQuestion))
  },
})
/** Statuses that say by themselves what is refused. */
const OUTSPOKEN = [401, 403]

/** Why such a target cannot be judged without a task. */
export const UNCLEAR =
  'the target refuses an unknown task, a wrong signature and none at all alike: only a task tells, which --allow-writes creates'

/**
 * Whether the target lets a right signature in. A code that no page lists may say anything: then a wrong signature shows
 * whether it is about the proof.
 */
export const isSignatureTaken = derivedProbe<boolean>({
  id: 'identity.signature-taken',
  operation: 'queryBatchProvisioning',
  needs: ['signature'],
  uses: [signedQuestion],
  mayUse: [wrongSecret],
  async run({ get }) {
    const exchange = await get(signedQuestion)
    if (!isAuthRefusal(exchange)) return true
    if (exchange.response.status !== 400 || isGatewayError(exchange)) return false
    return !isLike(exchange, await get(wrongSecret))
  },
})

const ONE_RECORD = { offset: '0', limit: '1' }

const spelled = (form: TokenForm): Probe<Exchange> =>
  single({
    id: `identity.token-${form}`,
    operation: listUsers,
    needs: ['access-token'],
    query: 'offset=0&limit=1',
    build: () => requestFor(listUsers, { scheme: 'token', token: 'access', form }, { query: ONE_RECORD }),
  })

/** One user asked for with each spelling of the access token. */
export const tokenSpellings = { blank: spelled('blank'), plus: spelled('plus'), bare: spelled('bare') } as const

/** The spelling that the target takes: the kit keeps to it. */
export const tokenForm = derivedProbe<TokenForm>({
  id: 'identity.token-form',
  operation: 'listUsers',
  needs: ['access-token'],
  uses: [tokenSpellings.blank],
  mayUse: [tokenSpellings.plus, tokenSpellings.bare],
  async run({ get }) {
    for (const form of ['blank', 'plus', 'bare'] as const) {
      if (!isAuthRefusal(await get(tokenSpellings[form]))) return form
    }
    return skip('the target accepts the access token in none of its spellings')
  },
})

/** The access token in the spelling of the target. */
export const tokenAuth = derivedProbe<TokenAuth>({
  id: 'identity.token-auth',
  operation: 'listUsers',
  needs: ['access-token'],
  uses: [tokenForm],
  run: async ({ get }) => ({ scheme: 'token', token: 'access', form: await get(tokenForm) }),
})

/** The spellings that the two pages of lists print: whoever keeps to each page takes another one in each. */
const PRINTED: readonly TokenForm[] = ['blank', 'plus']

const spacesBy = (token: TokenAuth['token'], id: string): Probe<Exchange> =>
  defineProbe<Exchange>({
    id,
    operation: 'listUserSpaces',
    safety: 'read',
    needs: token === 'access' ? ['access-token'] : ['access-token', 'application-token'],
    uses: [tokenForm],
    requests: [{ ...once(listUserSpaces, 'offset=0&limit=1'), times: [1, PRINTED.length + 1] }],
    async run({ get, send }) {
      const usual = await get(tokenForm)
      const ask = (form: TokenForm): Promise<Exchange> =>
        send(requestFor(listUserSpaces, { scheme: 'token', token, form }, { query: ONE_RECORD }))
      const first = await ask(usual)
      if (!isAuthRefusal(first)) return first
      for (const form of PRINTED.filter((one) => one !== usual)) {
        const exchange = await ask(form)
        if (!isAuthRefusal(exchange)) return exchange
      }
      return first
    },
  })

/** The proof that an answer was given to. */
const proofIn = ({ spec: { auth } }: Exchange, token: TokenAuth['token'], form: TokenForm): TokenAuth =>
  auth.scheme === 'token' ? { scheme: 'token', token, form: auth.form } : { scheme: 'token', token, form }

/** One user space asked for with each token. Reading space-list-token. */
export const spacesByAccessToken = spacesBy('access', 'identity.spaces-access-token')
export const spacesByApplicationToken = spacesBy('application', 'identity.spaces-application-token')

/** The token that the target takes for listUserSpaces. */
export const spacesAuth = derivedProbe<TokenAuth>({
  id: 'identity.spaces-auth',
  operation: 'listUserSpaces',
  needs: ['access-token'],
  uses: [tokenForm, spacesByAccessToken],
  mayUse: [spacesByApplicationToken],
  async run({ get, facts }) {
    const form = await get(tokenForm)
    const byAccess = await get(spacesByAccessToken)
    if (!isAuthRefusal(byAccess)) return proofIn(byAccess, 'access', form)
    if (facts.has('application-token')) {
      const byApplication = await get(spacesByApplicationToken)
      if (!isAuthRefusal(byApplication)) return proofIn(byApplication, 'application', form)
    }
    return skip('listUserSpaces accepts none of the configured tokens; it may take application tokens only')
  },
})
