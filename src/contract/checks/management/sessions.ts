import { documented, example, inferred } from '../../../spec/evidence.ts'
import { authSession } from '../../../spec/operations/auth-session.ts'
import { createSession } from '../../../spec/operations/create-session.ts'
import { getAuthCodeUrl } from '../../../spec/operations/get-auth-code-url.ts'
import { getUser } from '../../../spec/operations/get-user.ts'
import { logout } from '../../../spec/operations/logout.ts'
import { refreshSession } from '../../../spec/operations/refresh-session.ts'
import { asks, type Check } from '../../check.ts'
import type { Exchange } from '../../exchange.ts'
import { describe, isRefusal, isSuccess, success } from '../../judge.ts'
import { fail, skip } from '../../outcome.ts'
import type { Get } from '../../probe.ts'
import { firstUsers, type Row, rowsGiven, userList } from '../../probes/lists.ts'
import { answerOf, dataOf } from '../../probes/management/call.ts'
import {
  newSession,
  newSessionUser,
  oldToken,
  ownSession,
  ownUser,
  refreshed,
  refreshedToken,
  refreshedUser,
  refreshWithoutSession,
  sameCode,
  sessionToken,
  signedOut,
  signedOutUser,
  signInAddress,
  signOutNobody,
} from '../../probes/management/sessions.ts'
import { unknownPath } from '../../probes/service.ts'
import { alike, defineRules, isNotOffered } from './rule.ts'

const IDENTITY = ['innerUserId', 'userId', 'userName', 'role', 'tenantId', 'orgId', 'orgName', 'deptId']
const sessionIn = (exchange: Exchange): Row => dataOf(exchange, createSession)
const userIn = (exchange: Exchange): Row => dataOf(exchange, authSession)

/** The sign-in address as a URL. */
function addressIn(exchange: Exchange): URL {
  const uri = String(answerOf(exchange, getAuthCodeUrl)['uri'])
  if (!URL.canParse(uri)) fail('an absolute address as uri', uri, exchange)
  return new URL(uri)
}

/** GetUser, table userInfo, role; authSession, answer table, role. */
const COMMON_ROLES = ['1', '2']

/**
 * No page says that whoever is signed in is among the users, an administrator of the tenant may not be: but a listed user
 * is to be called by his or her ids.
 */
function notAmong({ innerUserId, userId }: Row, exchange: Exchange, list: Exchange): never {
  for (const row of rowsGiven(list, userList)) {
    if (row['userId'] === userId && row['id'] === innerUserId) continue
    if (row['userId'] !== userId && row['id'] !== userId && row['userId'] !== innerUserId) continue
    fail(
      `innerUserId ${String(row['id'])} and userId ${String(row['userId'])}, as listUsers shows`,
      `innerUserId ${String(innerUserId)} and userId ${String(userId)}`,
      exchange,
      list,
    )
  }
  return skip('getUser does not show who is signed in')
}

/** A token of the run must be taken; a refusal of the proof is no excuse here. */
async function works(get: Get, exchange: Exchange): Promise<void> {
  if (isNotOffered(exchange, await get(unknownPath)))
    skip(`the target does not offer authSession: ${describe(exchange)}`)
  if (!isSuccess(exchange)) fail('the token to be taken', describe(exchange), exchange)
}

export const sessionChecks: readonly Check[] = defineRules([
  {
    operation: getAuthCodeUrl,
    name: 'address',
    title: 'answer the address of a sign-in page: absolute, http or https',
    from: documented('getAuthCodeUrl', 'answer table, uri'),
    why: 'A browser is sent there as it is.',
    ...asks([signInAddress], ([exchange]) => {
      const { protocol } = addressIn(exchange)
      if (!/^https?:$/.test(protocol)) fail('http or https', protocol, exchange)
    }),
  },
  ...(['response_type', 'client_id', 'redirect_uri', 'scope'] as const).map((name) => ({
    operation: getAuthCodeUrl,
    name: name.replaceAll('_', '-'),
    title: `give the sign-in page its ${name}`,
    from: example('getAuthCodeUrl', `example, ${name} of uri`),
    why: 'Without it the page does not know whom to send back, where, or with what.',
    ...asks([signInAddress], ([exchange]) => {
      const value = addressIn(exchange).searchParams.get(name)
      const isRight = name === 'response_type' ? value === 'code' : value !== null && value !== ''
      if (!isRight) fail(name === 'response_type' ? 'response_type=code' : name, value ?? 'none', exchange)
    }),
  })),
  {
    operation: getAuthCodeUrl,
    name: 'host',
    title: 'give the origin of uri as orgIdHost',
    from: example('getAuthCodeUrl', 'example, orgIdHost'),
    why: 'A front end that allows only that origin refuses the page otherwise.',
    ...asks([signInAddress], ([exchange]) => {
      const { orgIdHost } = answerOf(exchange, getAuthCodeUrl)
      const { origin } = addressIn(exchange)
      if (String(orgIdHost).replace(/\/$/, '') !== origin) fail(`orgIdHost ${origin}`, String(orgIdHost), exchange)
    }),
  },
  {
    operation: authSession,
    name: 'user',
    title: 'name a user of the organisation, as getUser shows',
    from: documented('authSession', 'answer table; GetUser, table userInfo'),
    why: 'Who is signed in decides what is shown; ids in the wrong fields name a stranger.',
    uses: [ownSession, ownUser, firstUsers],
    async run({ get }) {
      const [exchange, other] = [await get(ownSession), await get(ownUser)]
      const caller = userIn(exchange)
      if (!isSuccess(other)) return notAmong(caller, exchange, await get(firstUsers))
      const user = dataOf(other, getUser)
      alike(
        'the caller',
        [caller, exchange],
        [user, other],
        [['innerUserId', 'id'], 'userId', ['userName', 'name'], 'orgId'],
      )
      // A department has an id here and one of OrgID; the page does not say which.
      const isDigits = [caller, user].every(({ deptId }) => /^\d+$/.test(String(deptId)))
      if (isDigits) alike('the caller', [caller, exchange], [user, other], ['deptId'])
      // The roles of sessions and of users have two in common: a common user, and a super administrator.
      const isComparable = COMMON_ROLES.includes(String(user['role']))
      if (isComparable) alike('the caller', [caller, exchange], [user, other], ['role'])
    },
  },
  {
    operation: createSession,
    name: 'token',
    title: 'answer an accessToken that the other operations take',
    from: documented('createSession', 'table SessionUserDto, accessToken'),
    why: 'It is what the call is for.',
    readings: ['token-prefix'],
    uses: [sessionToken, newSession, newSessionUser],
    async run({ get, learn }) {
      await works(get, await get(newSessionUser))
      const token = String(sessionIn(await get(newSession))['accessToken'])
      learn('token-prefix', token.startsWith('Bearer+') ? 'plus' : token.startsWith('Bearer ') ? 'blank' : 'bare')
    },
  },
  {
    operation: createSession,
    name: 'user',
    title: 'tell of the user whom the token stands for',
    from: documented('createSession', 'answer table; table SessionUserDto; authSession, answer table'),
    why: 'A client greets, and files under, whom this names.',
    ...asks([newSession, newSessionUser], ([exchange, other]) => {
      const { userInfo, userId } = sessionIn(exchange)
      const info = (userInfo ?? skip('there is no userInfo')) as Row
      alike('the user of the session', [info, exchange], [userIn(other), other], IDENTITY)
      alike('the user of the session', [{ userId }, exchange], [userIn(other), other], ['userId'])
    }),
  },
  {
    operation: createSession,
    name: 'code-once',
    title: 'redeem a code once only',
    from: inferred('OAuth 2.0 (RFC 6749, 4.1.2); the page does not say so'),
    why: 'A code in a log is worth nothing only if it is spent.',
    ...asks([sameCode], ([exchange]) => {
      if (!isRefusal(exchange)) fail('a code that was redeemed to be refused', 'success', exchange)
    }),
  },
  {
    operation: refreshSession,
    name: 'token',
    title: 'answer an accessToken that the other operations take',
    from: documented('refreshSession', 'answer table, accessToken'),
    why: 'It is what the call is for.',
    uses: [refreshed, refreshedToken, refreshedUser, newSessionUser],
    async run({ get }) {
      const exchange = await get(refreshedUser)
      await works(get, exchange)
      const before = await get(newSessionUser)
      alike('the refreshed session', [userIn(exchange), exchange], [userIn(before), before], IDENTITY)
    },
  },
  {
    operation: refreshSession,
    name: 'old-token',
    title: 'end the old token, keep it, or answer it again',
    from: inferred('No page says what becomes of the old token; reading refreshed-token'),
    why: 'Calls that are under way carry the old one.',
    readings: ['refreshed-token'],
    uses: [newSession, refreshed, oldToken],
    async run({ get, learn }) {
      const exchange = await get(refreshed)
      const bare = (token: unknown) => String(token).replace(/^Bearer[ +]/, '')
      const isSame =
        bare(answerOf(exchange, refreshSession)['accessToken']) ===
        bare(sessionIn(await get(newSession))['accessToken'])
      learn('refreshed-token', isSame ? 'same' : isSuccess(await get(oldToken)) ? 'kept' : 'new')
    },
  },
  {
    operation: refreshSession,
    name: 'session-id',
    title: 'refuse a call without x-session-id',
    from: inferred('The header table calls it mandatory, and the page documents no refusal'),
    why: 'A token without its session is what a thief has.',
    ...asks([refreshWithoutSession], ([exchange]) => {
      if (!isRefusal(exchange)) fail('a call without x-session-id to be refused', describe(exchange), exchange)
    }),
  },
  {
    operation: logout,
    name: 'ends',
    title: 'end the session of the token',
    from: documented('logout', 'page'),
    why: 'Whoever signs out at a shared machine relies on it.',
    uses: [signedOut, signedOutUser],
    async run({ get }) {
      success(await get(signedOut), 'logout')
      const exchange = await get(signedOutUser)
      if (!isRefusal(exchange)) fail('the token to be refused', 'success, as if nobody had signed out', exchange)
    },
  },
  {
    operation: logout,
    name: 'nobody',
    title: 'take a call without Authorization',
    from: documented('logout', 'header table, Authorization: optional'),
    why: 'A client whose token is gone still signs out.',
    uses: [signOutNobody, ownSession],
    async run({ get }) {
      const exchange = await get(signOutNobody)
      const elsewhere = await get(unknownPath)
      // What guards every path asks for a proof on paths that nobody has, too: another call of sessions tells.
      const isMissing = isNotOffered(exchange, elsewhere) || isNotOffered(await get(ownSession), elsewhere)
      if (isMissing) skip('the target does not offer logout')
      success(exchange, 'logout')
    },
  },
])
