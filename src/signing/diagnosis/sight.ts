import { parseAuthorization } from '../authorization.ts'
import { headerValue } from '../headers.ts'
import type { Sight } from '../mistakes/mistake.ts'
import type { HeaderPairs } from '../types.ts'
import type { DiagnoseOptions } from './diagnosis.ts'
import { readLeniently } from './lenient-authorization.ts'

const DEFAULT_WINDOW_MS = 900_000
/** Each is a key to be tried with every other mistake. */
const MAX_KNOWN_SECRETS = 100

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
