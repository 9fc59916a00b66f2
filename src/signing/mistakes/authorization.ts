import { headerValue, headerValues } from '../request.ts'
import type { Sight, VisibleMistake } from './mistake.ts'

const FORM = 'HMAC-SHA256 AppId=<id>,SignedHeaders=<a;b;c>,Signature=<hex>'

/** Mistakes that can be seen in the Authorization header and in the list of signed headers. */
export const authorizationMistakes: readonly VisibleMistake[] = [
  {
    id: 'authorization-absent',
    title: 'There is no Authorization header',
    cure: `send Authorization: ${FORM}`,
    detect: ({ authorization }) => authorization === undefined,
  },
  {
    id: 'authorization-repeated',
    title: 'There is more than one Authorization header',
    cure: 'send one',
    detect: ({ headers }) => headerValues(headers, 'authorization').length > 1,
  },
  {
    id: 'scheme-of-sdk',
    title: 'The request is signed by the stock SDK scheme of the vendor (SDK-HMAC-SHA256, X-Sdk-Date)',
    cure: `KooDrive wants ${FORM}, the header X-Date instead of X-Sdk-Date, and a string to sign of two lines`,
    detect: hasScheme('sdk-hmac-'),
  },
  {
    id: 'scheme-bearer',
    title: 'Authorization holds an access token (Bearer) instead of a signature',
    cure: `sign this request: ${FORM}`,
    detect: hasScheme('bearer'),
  },
  {
    id: 'scheme-basic',
    title: 'Authorization holds HTTP Basic credentials instead of a signature',
    cure: `sign the request with the AppSecret and do not send it: ${FORM}`,
    detect: hasScheme('basic'),
  },
  {
    id: 'scheme-of-aws',
    title: 'The request is signed by AWS Signature Version 4',
    cure: `KooDrive wants ${FORM}`,
    detect: hasScheme('aws4-hmac-'),
  },
  {
    id: 'authorization-malformed',
    title: 'Authorization cannot be read',
    cure: `send ${FORM}`,
    detect: (sight) => {
      if (sight.parsed === undefined || sight.parsed.ok || hasOtherScheme(sight)) return false
      return headerValues(sight.headers, 'authorization').length > 1
        ? false
        : (sight.parsed.reason.split('; the form is ')[0] ?? true)
    },
  },
  {
    id: 'secret-in-app-id',
    title: 'The AppSecret was sent as the AppId',
    cure: 'send the AppId, sign with the AppSecret, and have the AppSecret replaced: it has travelled in the open',
    detect: ({ claimed, credentials, knownSecrets }) =>
      claimed !== undefined &&
      claimed.appId !== credentials.appId &&
      [credentials, ...knownSecrets].some(({ appSecret }) => appSecret === claimed.appId),
  },
  {
    id: 'app-id-case',
    title: 'The AppId was sent in another case',
    cure: 'send it as it was issued, in lower case',
    detect: ({ claimed, credentials: { appId } }) =>
      claimed !== undefined && claimed.appId !== appId && claimed.appId.toLowerCase() === appId.toLowerCase(),
  },
  {
    id: 'app-id-quoted',
    title: 'The AppId was sent with quotes or brackets around it',
    cure: 'send AppId=<id> with the bare id',
    detect: ({ claimed, credentials: { appId } }) =>
      claimed !== undefined && claimed.appId !== appId && /^["'<{[].*["'>}\]]$/.test(claimed.appId)
        ? claimed.appId.slice(1, -1) === appId
        : false,
  },
  {
    id: 'app-id-unknown',
    title: 'The AppId is not the one of this application',
    cure: 'check the AppId and the environment it was issued for',
    detect: (sight) => {
      const { claimed, credentials } = sight
      if (claimed === undefined || claimed.appId === credentials.appId) return false
      return !authorizationMistakes.some(({ id, detect }) => MISSPELT_APP_ID.includes(id) && detect(sight) !== false)
    },
  },
  {
    id: 'signed-headers-incomplete',
    title: 'SignedHeaders does not list x-date and x-user-id',
    cure: 'sign both headers and list them',
    detect: ({ claimed }) => {
      const names = claimed?.signedHeaders.map((name) => name.toLowerCase())
      const missing = ['x-date', 'x-user-id'].filter((name) => names?.includes(name) === false)
      return missing.length > 0 && `missing: ${missing.join(', ')}`
    },
  },
  {
    id: 'signed-header-absent',
    title: 'SignedHeaders lists a header that the request does not have',
    cure: 'send the header, or take it off the list and sign again (a proxy may have dropped it)',
    detect: ({ claimed, headers }) => {
      const names = claimed?.signedHeaders.map((name) => name.toLowerCase()) ?? []
      const absent = names.filter((name) => !REQUIRED.includes(name) && headerValue(headers, name) === undefined)
      return absent.length > 0 && absent.join(', ')
    },
  },
]

/** Their absence has mistakes of its own. */
const REQUIRED = ['x-date', 'x-user-id']
const MISSPELT_APP_ID = ['secret-in-app-id', 'app-id-case', 'app-id-quoted']
const OTHER_SCHEMES = ['sdk-hmac-', 'bearer', 'basic', 'aws4-hmac-']

export function hasOtherScheme(sight: Pick<Sight, 'authorization'>): boolean {
  return OTHER_SCHEMES.some((prefix) => sight.authorization?.slice(0, 16).toLowerCase().startsWith(prefix) === true)
}

function hasScheme(prefix: string): VisibleMistake['detect'] {
  return ({ authorization }) => authorization?.slice(0, 16).toLowerCase().startsWith(prefix) === true
}
