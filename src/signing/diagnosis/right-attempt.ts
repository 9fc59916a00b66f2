import type { Attempt } from '../attempt.ts'
import { canonicalPath } from '../canonical-path.ts'
import { compareParameters, queryParameters } from '../canonical-query.ts'
import { stringToSign } from '../canonical-request.ts'
import { sha256Hex } from '../digest.ts'
import { headerValue, normalizeHeaderNames } from '../headers.ts'
import { hmacKey, hmacSha256 } from '../hmac-key.ts'
import type { TargetParts } from '../target.ts'
import type { HeaderPairs } from '../types.ts'

export interface RequestParts {
  readonly method: string
  readonly target: TargetParts
  readonly headers: HeaderPairs
  readonly body: Buffer
}

/** The right way to sign a request, in the steps a mistake can change. A test holds it equal to `canonicalRequest`. */
export function rightAttempt(
  { method, target, headers, body }: RequestParts,
  signedHeaders: readonly string[],
  appSecret: string,
): Attempt {
  const names = normalizeHeaderNames(signedHeaders)
  const parameters = queryParameters(target.query).sort(compareParameters)
  return {
    method: method.toUpperCase(),
    path: canonicalPath(target.path),
    query: parameters.map((source) => ({ name: source.name, value: source.value, equals: true, source })),
    headers: names.map((name) => ({ name, value: headerValue(headers, name) ?? '' })),
    signedNames: names,
    payload: sha256Hex(body),
    layouts: [],
    stringToSign,
    key: hmacKey(appSecret),
    mac: hmacSha256,
  }
}
