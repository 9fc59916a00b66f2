import { type AuthorizationFields, parseAuthorization } from '../authorization.ts'
import { ALGORITHM } from '../canonical-request.ts'
import { headerValue, toHeaderPairs } from '../headers.ts'
import type { Sight, VisibleMistake } from '../mistakes/mistake.ts'
import { decodeLowerHex, outputMistakes } from '../mistakes/output.ts'
import { visibleMistakes } from '../mistakes/table.ts'
import { defaultSignedHeaders } from '../sign.ts'
import { splitTarget } from '../target.ts'
import type { AppCredentials, SignableRequest } from '../types.ts'
import { type Attempt, canonicalLinesOf, canonicalTextOf } from './attempt.ts'
import { type Difference, differencesOf } from './differences.ts'
import { readClaim } from './read-claim.ts'
import { rightAttempt } from './right-attempt.ts'
import { type Found, search } from './search.ts'
import { summarize } from './summary.ts'

/** A mistake that explains a wrong signature. */
export interface DiagnosedMistake {
  /** Readable and forever, such as `path-no-trailing-slash`. */
  readonly id: string
  /** What went wrong. */
  readonly title: string
  /** What to do about it. */
  readonly cure: string
}

/** What is known of the signature of a request. It holds neither the AppSecret nor the right signature. */
export interface Diagnosis {
  /** Whether the request is signed as it should be. */
  readonly ok: boolean
  /** The mistake and its cure in one sentence, in ASCII. */
  readonly summary: string
  /** None when the request is fine, and none when nothing known explains it. */
  readonly mistakes: readonly DiagnosedMistake[]
  /** What the Authorization header says; undefined when it cannot be read. */
  readonly claimed: ({ readonly algorithm: string } & AuthorizationFields) | undefined
  /** What the server makes of the request. */
  readonly expected: { readonly canonicalRequest: string; readonly stringToSign: string }
  /** What the client must have made of it, when the search found out. */
  readonly clientCanonicalRequest?: string
  readonly clientStringToSign?: string
  /** Where the two canonical requests differ. */
  readonly differences?: readonly Difference[]
}

export interface DiagnoseOptions extends AppCredentials {
  /** The time of the server in epoch milliseconds; without it X-Date is not compared with the clock. */
  readonly now?: number
  /** Oldest accepted X-Date in milliseconds; 15 minutes when absent. */
  readonly windowMs?: number
  /** How far X-Date may be ahead in milliseconds; 0 when absent. */
  readonly futureToleranceMs?: number
  /** Credentials of other applications that the client may have mixed in. */
  readonly knownSecrets?: readonly AppCredentials[]
}

const WINDOW_MS = 900_000

/**
 * Explains the signature of a request. Whoever knows the secret can search the known mistakes until the client's
 * signature reproduces, and so name the mistake. Never throws.
 *
 * @example
 * diagnose({ method: 'GET', url, headers }, { appId, appSecret, now }).summary
 * // 'The path was signed without the slash at its end: end the path with a slash in the canonical request …'
 */
export function diagnose(request: SignableRequest, options: DiagnoseOptions): Diagnosis {
  const headers = toHeaderPairs(request.headers)
  const authorization = headerValue(headers, 'authorization')
  const parsed = authorization === undefined ? undefined : parseAuthorization(authorization)
  const claimed = parsed?.ok ? parsed : readClaim(authorization)
  const sight: Sight = {
    headers,
    authorization,
    parsed,
    claimed,
    credentials: options,
    knownSecrets: options.knownSecrets ?? [],
    now: options.now,
    windowMs: options.windowMs ?? WINDOW_MS,
    futureToleranceMs: options.futureToleranceMs ?? 0,
  }
  const body = Buffer.from(request.body ?? '')
  const target = splitTarget(request.url)
  const right = rightAttempt({
    method: request.method,
    target,
    headers,
    body,
    signedHeaders: claimed?.signedHeaders ?? defaultSignedHeaders(headers),
    appSecret: options.appSecret,
  })
  const seen = visibleMistakes.flatMap((mistake) => describe(mistake, sight))
  const written = claimed && readSignature(claimed.signature)
  const found =
    claimed &&
    written &&
    search(
      { method: request.method, target, body, claimed, right, digestBytes: written.hex.length / 2, ...pick(sight) },
      written.hex,
    )
  const mistakes = [...seen, ...(found ? [...found.mistakes, ...written.mistakes].map(toDiagnosed) : [])]
  const ok = found !== undefined && mistakes.length === 0
  return {
    ok,
    summary: summarize(ok, mistakes, found !== undefined),
    mistakes,
    claimed: claimed && {
      algorithm: authorization?.split(' ')[0] ?? ALGORITHM,
      appId: claimed.appId === options.appSecret ? '(the AppSecret)' : claimed.appId,
      signedHeaders: claimed.signedHeaders,
      signature: ok ? '(right)' : claimed.signature,
    },
    expected: { canonicalRequest: canonicalTextOf(right), stringToSign: textOf(right) },
    ...(found && found.mistakes.length > 0 && comparison(right, found, body)),
  }
}

const pick = ({ headers, credentials, knownSecrets }: Sight) => ({ headers, credentials, knownSecrets })

const toDiagnosed = ({ id, title, cure }: DiagnosedMistake): DiagnosedMistake => ({ id, title, cure })

function describe(mistake: VisibleMistake, sight: Sight): DiagnosedMistake[] {
  const detail = mistake.detect(sight)
  if (detail === false) return []
  const { id, title, cure } = mistake
  return [{ id, title: typeof detail === 'string' ? `${title} (${detail})` : title, cure }]
}

/** The signature as lower-case hex, and the mistake of writing it otherwise. */
function readSignature(signature: string): { hex: string; mistakes: readonly DiagnosedMistake[] } | undefined {
  const hex = decodeLowerHex(signature)
  if (hex !== undefined) return { hex, mistakes: [] }
  for (const mistake of outputMistakes) {
    const decoded = mistake.decode(signature)
    if (decoded !== undefined) return { hex: decoded, mistakes: [mistake] }
  }
  return undefined
}

/** The client's side of the comparison. A body that was signed itself is not repeated: it may hold passwords. */
function comparison(right: Attempt, { attempt }: Found, body: Buffer) {
  const raw = body.toString()
  const shown = raw !== '' && attempt.payload === raw ? { ...attempt, payload: '(the body itself)' } : attempt
  return {
    clientCanonicalRequest: canonicalTextOf(shown),
    clientStringToSign: textOf(shown),
    differences: differencesOf(canonicalLinesOf(right), canonicalLinesOf(shown)),
  }
}

function textOf(attempt: Attempt): string {
  const text = attempt.stringToSign(canonicalTextOf(attempt))
  return typeof text === 'string' ? text : text.toString('hex')
}
