import { type AuthorizationFields, parseAuthorization } from '../authorization.ts'
import type { Sight } from '../mistakes/mistake.ts'
import { type HeaderPairs, headerValue } from '../request.ts'
import type { DiagnoseOptions } from './diagnosis.ts'

const DEFAULT_WINDOW_MS = 900_000
/** Each is a key to be tried with every other mistake. */
const MAX_KNOWN_SECRETS = 100
/** A longer header is not searched: no honest one is. */
const MAX_LENGTH = 4096

/** Looks at a request: all that is known before any search. */
export function look(headers: HeaderPairs, body: Buffer, options: DiagnoseOptions): Sight {
  const authorization = headerValue(headers, 'authorization')
  const parsed = authorization === undefined ? undefined : parseAuthorization(authorization)
  return {
    headers,
    body,
    authorization,
    parsed,
    claimed: parsed?.ok === true ? parsed : readLeniently(authorization ?? ''),
    credentials: { appId: options.appId, appSecret: options.appSecret },
    knownSecrets: (options.knownSecrets ?? [])
      .filter(({ appSecret }) => appSecret !== options.appSecret)
      .slice(0, MAX_KNOWN_SECRETS),
    now: options.now,
    windowMs: options.windowMs ?? DEFAULT_WINDOW_MS,
    futureToleranceMs: options.futureToleranceMs ?? 0,
    movedClock: options.movedClock,
  }
}

/**
 * The fields of an Authorization header that is not of the documented form, as far as they can be made out: other
 * order, quotes, semicolons or spaces between the fields, a list joined by commas, the field names of the SDK.
 */
function readLeniently(value: string): AuthorizationFields | undefined {
  if (value.length > MAX_LENGTH) return undefined
  const appId = /(?:App-?Id|Access(?:Key)?)\s?[=:]\s?["']?([^\s,;"']+)/i.exec(value)?.[1]
  const list = /SignedHeaders\s?[=:]\s?["']?([!#$%&*+.^_`|~0-9a-z;, -]+)/i.exec(value)?.[1]
  const signature = /Signature\s?[=:]\s?["']?([^\s,;"']+)/i.exec(value)?.[1]
  if (appId === undefined || list === undefined || signature === undefined) return undefined
  const names = list.split(/[;,\s]+/).filter((name) => name !== '' && !/^(Signature|App-?Id|Access)$/i.test(name))
  return { appId, signedHeaders: names, signature }
}
