import { isLoopback } from '../../shared/address.ts'
import { getAuthCodeUrl } from '../../spec/operations/get-auth-code-url.ts'
import { defineHandler } from '../operation-handler.ts'
import { checkRedirect, SIGN_IN_PATHS } from '../sign-in/redirect.ts'

/** Where the front end of the service takes a code. getAuthCodeURL, example. */
const FRONT_END_PATH = '/cloudfile/index.html'

export const getAuthCodeUrlHandler = defineHandler({
  operation: getAuthCodeUrl,
  handle({ query: { domain }, sandbox, origin, redirectHosts }) {
    const { protocol, host } = new URL(origin)
    const scheme = domain === host ? protocol : isLoopback(domain.replace(/:\d+$/, '')) ? 'http:' : 'https:'
    const frontEnd = `${scheme}//${domain}${FRONT_END_PATH}`
    // A front end that the mock may not lead to gets its code from a page of the mock.
    const isAllowed = 'url' in checkRedirect(frontEnd, { ownHost: host, redirectHosts })
    const uri = new URL(SIGN_IN_PATHS.authorize, origin)
    uri.search = String(
      new URLSearchParams({
        response_type: 'code',
        client_id: sandbox.config.credentials.appId,
        scope: 'phone profile email',
        redirect_uri: isAllowed ? frontEnd : origin + SIGN_IN_PATHS.code,
      }),
    )
    return { uri: uri.href, orgIdHost: origin }
  },
  toWire: (data) => data,
})
