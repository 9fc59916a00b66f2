import { headerOf } from '../../../server/http/wire.ts'
import { documented, example, inferred } from '../../../spec/evidence.ts'
import { authSession } from '../../../spec/operations/auth-session.ts'
import { createSession } from '../../../spec/operations/create-session.ts'
import { getAuthCodeUrl } from '../../../spec/operations/get-auth-code-url.ts'
import { logout } from '../../../spec/operations/logout.ts'
import { refreshSession } from '../../../spec/operations/refresh-session.ts'
import { refuses } from '../../admission.ts'
import type { Definition, MutantArea } from '../../mutant.ts'
import { changeBody, changeData, changeHandler, changeResult, doNothing, type Loose } from '../../seams.ts'

const backwards = (text: unknown): string => [...String(text)].reverse().join('')

/** Changes the sign-in address. */
const address = (change: (url: URL) => string) =>
  changeResult(getAuthCodeUrl, (data) => ({ ...data, uri: change(new URL(data.uri)) }))
const dropped = (name: string): Definition => [
  `${name.replaceAll('_', '-')}-dropped`,
  `the sign-in address has no ${name}`,
  example('getAuthCodeUrl', `example, ${name} of uri`),
  address((url) => {
    url.searchParams.delete(name)
    return url.href
  }),
]

const session = documented('authSession', 'answer table')
const newSession = documented('createSession', 'table SessionUserDto')

/** Changes some fields of the user of a session. */
const sessionUser = (change: (user: Loose) => Loose) => changeData(authSession, change)

/** What the areas of sessions can get wrong. */
export const sessionDefinitions: Readonly<Partial<Record<MutantArea, readonly Definition[]>>> = {
  'get-auth-code-url': [
    [
      'uri-relative',
      'the sign-in address is a path',
      documented('getAuthCodeUrl', 'answer table, uri'),
      address((url) => url.pathname + url.search),
    ],
    [
      'response-type-token',
      'the sign-in address asks for a token',
      example('getAuthCodeUrl', 'example, response_type of uri'),
      address((url) => {
        url.searchParams.set('response_type', 'token')
        return url.href
      }),
    ],
    ...['client_id', 'redirect_uri', 'scope'].map(dropped),
    [
      'host-of-another',
      'orgIdHost is not the origin of uri',
      example('getAuthCodeUrl', 'example, orgIdHost'),
      changeBody(getAuthCodeUrl, (answer) => ({ ...answer, orgIdHost: 'https://orgid.example' })),
    ],
  ],
  'auth-session': [
    [
      'ids-swapped',
      'innerUserId and userId stand for each other',
      session,
      sessionUser(({ innerUserId, userId }) => ({ innerUserId: userId, userId: innerUserId })),
    ],
    [
      'another-user',
      'the session is that of another user',
      session,
      changeHandler(authSession, (handler) => ({
        ...handler,
        handle(context) {
          const other = context.state.directory.userAt(7)
          const { data } = handler.handle(context)
          return { data: { ...data, innerUserId: other?.id ?? '', userName: other?.name ?? '' } }
        },
      })),
    ],
    ['role-of-all', 'everybody has the role of a common user', session, sessionUser(() => ({ role: '1' }))],
  ],
  'create-session': [
    [
      'token-useless',
      'the new token is taken nowhere',
      documented('createSession', 'table SessionUserDto, accessToken'),
      changeResult(createSession, ({ data }) => ({ data: { ...data, accessToken: backwards(data.accessToken) } })),
    ],
    [
      'user-of-another',
      'userInfo is that of another user',
      newSession,
      changeResult(createSession, ({ data }, { state }) => ({
        data: { ...data, userInfo: { ...data.userInfo, innerUserId: state.directory.userAt(7)?.id ?? '' } },
      })),
    ],
    [
      'ids-swapped',
      'userId of the session is the KooDrive id',
      newSession,
      changeResult(createSession, ({ data }) => ({ data: { ...data, userId: data.userInfo.innerUserId } })),
    ],
    [
      'code-many-times',
      'a code is redeemed as often as it is sent',
      inferred('OAuth 2.0 (RFC 6749, 4.1.2); the page does not say that a code is good once'),
      () => {
        const sessions = new Map<string, Loose>()
        return changeHandler(createSession, (handler) => ({
          ...handler,
          handle(context) {
            const known = sessions.get(context.body.code)
            if (known !== undefined) return known as never
            const data = handler.handle(context)
            sessions.set(context.body.code, data as unknown as Loose)
            return data
          },
        }))
      },
    ],
  ],
  'refresh-session': [
    [
      'token-useless',
      'the refreshed token is taken nowhere',
      documented('refreshSession', 'answer table, accessToken'),
      changeResult(refreshSession, ({ accessToken }) => ({ accessToken: backwards(accessToken) })),
    ],
    [
      'session-id-optional',
      'x-session-id may be absent',
      inferred('The header table calls it mandatory, and the page documents no refusal'),
      () => {
        const optional = refreshSession.headers.partial()
        return changeHandler(refreshSession, (handler) => ({
          ...handler,
          operation: { ...refreshSession, headers: optional as unknown as typeof refreshSession.headers },
          handle: (context) =>
            context.headers['x-session-id'] === undefined
              ? { accessToken: String(context.token) }
              : handler.handle(context),
        }))
      },
    ],
  ],
  logout: [
    ['not-done', 'the token lives on', documented('logout', 'page'), doNothing(logout)],
    [
      'authorization-needed',
      'a call without Authorization is refused',
      documented('logout', 'header table, Authorization: optional'),
      refuses(
        'Authorization is missing.',
        ({ operation, wire }) => operation.operationId === 'logout' && headerOf(wire, 'authorization') === undefined,
      ),
    ],
  ],
}
