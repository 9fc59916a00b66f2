import { canonicalPath } from '../canonical-path.ts'
import { compareParameters, queryParameters } from '../canonical-query.ts'
import { normalizeHeaderNames, stringToSign } from '../canonical-request.ts'
import { sha256Hex } from '../digest.ts'
import { headerValue } from '../headers.ts'
import type { TargetParts } from '../target.ts'
import type { HeaderPairs } from '../types.ts'
import { type Attempt, hmacHex } from './attempt.ts'

/** What a right signature is made from. */
export interface Ingredients {
  readonly method: string
  readonly target: TargetParts
  readonly headers: HeaderPairs
  readonly body: Buffer
  readonly signedHeaders: readonly string[]
  readonly appSecret: string
}

/** The documented way to sign a request, step by step. */
export function rightAttempt({ method, target, headers, body, signedHeaders, appSecret }: Ingredients): Attempt {
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
    key: Buffer.from(appSecret),
    mac: hmacHex('sha256'),
  }
}
