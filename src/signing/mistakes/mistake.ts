import type { Attempt, Change } from '../attempt.ts'
import type { AuthorizationFields, ParsedAuthorization } from '../authorization.ts'
import type { AppCredentials, HeaderPairs, TargetParts } from '../request.ts'

/**
 * The steps of signing a mistake belongs to, in the order in which they act on a request: a client canonicalises before
 * it hashes, and hashes before it signs. Two mistakes of one step exclude each other; the search pairs mistakes of
 * different steps.
 */
export const stages = [
  'method',
  'path',
  'path-end',
  'query-order',
  'query-encoding',
  'query-form',
  'header-list',
  'host',
  'date',
  'user',
  'header-values',
  'header-names',
  'body',
  'layout',
  'line-ends',
  'string-to-sign',
  'secret',
  'mac',
] as const

export type Stage = (typeof stages)[number]

interface Described {
  /** Readable and forever: clients and tests rely on it. */
  readonly id: string
  /** What went wrong: a clause that begins with a capital and has no full stop. ASCII, for it travels in a header. */
  readonly title: string
  /** What to do about it: an imperative clause without a full stop. ASCII. */
  readonly cure: string
}

/** Seen by looking at the request; the signature may be right. */
export interface VisibleMistake extends Omit<Described, 'cure'> {
  readonly cure: string | ((sight: Sight) => string)
  /** Whether the request has it; a string is a detail to be told along with the title. */
  readonly detect: (sight: Sight) => boolean | string
  /** Told only when the signature is wrong and the search does not explain it. */
  readonly whenUnexplained?: boolean
}

/**
 * How often a mistake is made, as far as public bug reports tell. Of two explanations of a signature the more common one
 * is told. Any two frequent or usual mistakes are searched together, a rare one together with a frequent one, three
 * frequent ones at once.
 */
export type Likelihood = 'frequent' | 'usual' | 'rare'

/** Found by signing the same way and getting the client's signature. */
export interface SearchedMistake extends Described {
  readonly stage: Stage
  /** Default: `usual`. */
  readonly likelihood?: Likelihood
  /** The ways to make it, most likely first. */
  readonly variants: (search: SearchContext) => Iterable<Change>
  /** Tried alone only: it has many ways, is rare, or would explain away other mistakes. */
  readonly alone?: boolean
  /** How many of its variants, the first ones with an effect, are tried together with other mistakes. Default: all. */
  readonly paired?: number
  /** Whether each variant costs a walk over the whole body. */
  readonly rewritesBody?: boolean
  /** Has variants only when the form of the signature gives it away; it then holds whatever else is wrong. */
  readonly evident?: boolean
  /** The visible mistake that is half of this one and need not be named beside it. */
  readonly includes?: string
  /** Visible mistakes beside which this one need not be named: they say the same, and more exactly. */
  readonly impliedBy?: readonly string[]
}

/** Mistakes of one step, the most likely first. */
export function inStage(stage: Stage, mistakes: readonly Omit<SearchedMistake, 'stage'>[]): readonly SearchedMistake[] {
  return mistakes.map((mistake) => ({ stage, ...mistake }))
}

/** Seen by the form of the signature: it is right, but written differently. */
export interface OutputMistake extends Described {
  /** The signature as lower-case hex when the text has this form, else undefined. */
  readonly decode: (signature: string) => string | undefined
}

export type Mistake = VisibleMistake | SearchedMistake | OutputMistake

/** A clock of the service that does not show the real time, because somebody moved or stopped it. */
export interface MovedClock {
  /** The real time in milliseconds since 1970. */
  readonly realNow: number
  /** How it was moved, such as `it is 8 h ahead of the real time`. ASCII. */
  readonly what: string
  /** What to do to have it show the real time again: an imperative clause without a full stop. ASCII. */
  readonly undo: string
}

/** What is known of a request before any search. */
export interface Sight {
  readonly headers: HeaderPairs
  readonly body: Buffer
  readonly authorization: string | undefined
  readonly parsed: ParsedAuthorization | undefined
  /** The fields as far as they could be read, even from a malformed header. */
  readonly claimed: AuthorizationFields | undefined
  readonly credentials: AppCredentials
  readonly knownSecrets: readonly AppCredentials[]
  readonly now: number | undefined
  readonly windowMs: number
  readonly futureToleranceMs: number
  readonly movedClock: MovedClock | undefined
}

/** What the ways to make a mistake are derived from. */
export interface SearchContext {
  readonly method: string
  readonly target: TargetParts
  readonly headers: HeaderPairs
  readonly body: Buffer
  readonly claimed: AuthorizationFields
  /** Length of the client's signature, in bytes: 32 for everything that ends in SHA-256. */
  readonly digestBytes: number
  readonly credentials: AppCredentials
  readonly knownSecrets: readonly AppCredentials[]
  readonly knownHosts: readonly string[]
  readonly knownUserIds: readonly string[]
  /** The right way to sign the request. */
  readonly right: Attempt
}

/** What JavaScript, Python and Java make of a value that is not there yet when the request is signed. */
export const UNSET_VALUES: readonly string[] = ['', 'undefined', 'null', 'None']
