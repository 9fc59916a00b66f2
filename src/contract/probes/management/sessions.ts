import { authSession } from '../../../spec/operations/auth-session.ts'
import { createSession } from '../../../spec/operations/create-session.ts'
import { getAuthCodeUrl } from '../../../spec/operations/get-auth-code-url.ts'
import { getUser } from '../../../spec/operations/get-user.ts'
import { logout } from '../../../spec/operations/logout.ts'
import { refreshSession } from '../../../spec/operations/refresh-session.ts'
import type { Exchange } from '../../exchange.ts'
import { skip } from '../../outcome.ts'
import { derivedProbe, type Probe, type ProbeContext } from '../../probe.ts'
import type { TokenAuth } from '../../request-spec.ts'
import { tokenForm } from '../identity.ts'
import { answerOf, call, dataOf, idIn } from './call.ts'

/** The page's own example: a front end that any edition of the service may be asked for. */
export const signInAddress = call({
  id: 'get-auth-code-url.example',
  operation: getAuthCodeUrl,
  query: { domain: 'cn.myhuaweicloud-koodrive.com' },
})
export const addressWithoutDomain = call({
  id: 'get-auth-code-url.without-domain',
  operation: getAuthCodeUrl,
  query: {},
})

/** The user of the configured token. */
export const ownSession = call({ id: 'auth-session.own', operation: authSession })
export const ownUser = call({
  id: 'get-user.caller',
  operation: getUser,
  uses: [ownSession],
  params: async ({ get }) => ({ userId: idIn(dataOf(await get(ownSession), authSession), 'innerUserId') }),
})

/** Redeems the authorization code that the run was given. */
export const newSession = call({
  id: 'create-session.own',
  operation: createSession,
  needs: ['authorization-code'],
  body: ({ facts }) => ({ code: facts.authCode }),
})
export const sameCode = call({
  id: 'create-session.again',
  operation: createSession,
  needs: ['authorization-code'],
  uses: [newSession],
  body: async ({ get, facts }) => {
    dataOf(await get(newSession), createSession)
    return { code: facts.authCode }
  },
})
export const wrongCode = call({
  id: 'create-session.unknown-code',
  operation: createSession,
  body: ({ facts }) => ({ code: facts.unknown.hex }),
})

/** What stands for a token of the run's own session in lines to paste. */
const VARIABLE = 'KOODRIVE_SESSION_TOKEN'

/** A token of the session in the spelling that the target takes. Readings token-prefix, bearer-form. */
const tokenOf = (id: string, from: Probe<Exchange>, read: (exchange: Exchange) => unknown): Probe<TokenAuth> =>
  derivedProbe<TokenAuth>({
    id: `${id}.token`,
    operation: 'createSession',
    needs: [],
    uses: [from, tokenForm],
    async run({ get }) {
      const value = read(await get(from))
      if (typeof value !== 'string' || value === '') return skip('there is no accessToken')
      // The word may be part of the value; how the target takes it is known from the configured token.
      const bare = value.replace(/^Bearer[ +]/, '')
      return { scheme: 'token', token: 'access', form: await get(tokenForm), value: bare, variable: VARIABLE }
    },
  })

export const sessionToken = tokenOf(
  'create-session',
  newSession,
  (exchange) => dataOf(exchange, createSession)['accessToken'],
)

/** Proof by a token of the session, once what comes before has been asked. */
const bySession =
  (token: Probe<TokenAuth>, ...before: readonly Probe<unknown>[]) =>
  async ({ get }: ProbeContext) => {
    for (const probe of before) await get(probe)
    return get(token)
  }

export const newSessionUser = call({
  id: 'auth-session.new',
  operation: authSession,
  uses: [sessionToken],
  auth: bySession(sessionToken),
})

const sessionId = async ({ get }: ProbeContext): Promise<Record<string, string>> => {
  const id = dataOf(await get(newSession), createSession)['sessionId']
  return { 'x-session-id': typeof id === 'string' ? id : skip('createSession gave no sessionId') }
}
export const refreshWithoutSession = call({
  id: 'refresh-session.without-session',
  operation: refreshSession,
  uses: [sessionToken, newSessionUser],
  auth: bySession(sessionToken, newSessionUser),
})
export const refreshed = call({
  id: 'refresh-session.own',
  operation: refreshSession,
  uses: [newSession, sessionToken, newSessionUser, refreshWithoutSession],
  auth: bySession(sessionToken, refreshWithoutSession),
  headers: sessionId,
})
export const refreshedToken = tokenOf(
  'refresh-session',
  refreshed,
  (exchange) => answerOf(exchange, refreshSession)['accessToken'],
)
export const refreshedUser = call({
  id: 'auth-session.refreshed',
  operation: authSession,
  uses: [refreshedToken],
  auth: bySession(refreshedToken),
})
/** The old token once more. Reading refreshed-token. */
export const oldToken = call({
  id: 'auth-session.old-token',
  operation: authSession,
  uses: [sessionToken, refreshed, refreshedToken],
  auth: bySession(sessionToken, refreshedToken),
})

export const signedOut = call({
  id: 'logout.own',
  operation: logout,
  uses: [refreshedToken, refreshedUser, oldToken],
  auth: bySession(refreshedToken, refreshedUser, oldToken),
})
export const signedOutUser = call({
  id: 'auth-session.signed-out',
  operation: authSession,
  uses: [refreshedToken, signedOut],
  auth: bySession(refreshedToken, signedOut),
})
/** Nobody signs out: Authorization is optional on the page. */
export const signOutNobody = call({
  id: 'logout.nobody',
  operation: logout,
  auth: async () => ({ scheme: 'none' }),
})
