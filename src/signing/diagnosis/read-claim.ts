import type { AuthorizationFields } from '../authorization.ts'

const field = (name: string): RegExp => new RegExp(`(?:^|[\\s,])(?:${name})\\s*=\\s*"?([^\\s,"]+)`, 'i')
const APP_ID = field('appid|app_id|access|credential')
const SIGNED_HEADERS = field('signedheaders|signed_headers')
const SIGNATURE = field('signature')

/** The fields of a header that departs from the documented form, as far as they can be made out. */
export function readClaim(authorization: string | undefined): AuthorizationFields | undefined {
  if (authorization === undefined || authorization.length > 8192) return undefined
  const appId = APP_ID.exec(authorization)?.[1]
  const names = SIGNED_HEADERS.exec(authorization)?.[1]
  const signature = SIGNATURE.exec(authorization)?.[1]
  if (appId === undefined || names === undefined || signature === undefined) return undefined
  return { appId, signedHeaders: names.split(';').filter((name) => name !== ''), signature }
}
