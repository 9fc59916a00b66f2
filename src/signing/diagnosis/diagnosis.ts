import type { MovedClock } from '../mistakes/mistake.ts'
import type { AppCredentials } from '../request.ts'

export interface DiagnoseOptions extends AppCredentials {
  /** The time of the server in milliseconds since 1970; without it the age of X-Date is not judged. */
  readonly now?: number
  /** How old X-Date may be. Default: 900,000 (15 minutes, vendor page koodrive_05_0032). */
  readonly windowMs?: number
  /** How far X-Date may be in the future. Default: 0. */
  readonly futureToleranceMs?: number
  /** Other applications of this server, to tell when the secret of one of them was used. The first 100 count. */
  readonly knownSecrets?: readonly AppCredentials[]
  /** Ids of users a client may have signed as X-User-Id while it sent another one. The first 100 count. */
  readonly knownUserIds?: readonly string[]
  /** Hosts, with their port, by which this server is known besides the one that was sent. The first 16 count. */
  readonly knownHosts?: readonly string[]
  /**
   * How `now` was moved away from the real time. When X-Date is right by the real time, its wrong age is put down to the
   * moved clock and not to the client.
   */
  readonly movedClock?: MovedClock | undefined
  /**
   * Upper bound of the search, in signatures of short requests, of which one takes about 2 microseconds; a long request
   * or body counts as several. Default: 50,000.
   */
  readonly maxEffort?: number
}

export interface DiagnosedMistake {
  /** Readable and forever, such as `path-no-trailing-slash`. */
  readonly id: string
  /** What went wrong: a clause without a full stop, ASCII. */
  readonly title: string
  /** What to do about it: a clause without a full stop, ASCII. */
  readonly cure: string
}

/** What is wrong with a signed request. Holds neither the AppSecret nor a signature the client did not make itself. */
export interface Diagnosis {
  /** Whether nothing is wrong. */
  readonly ok: boolean
  /** One sentence: the mistake and its cure. ASCII on one line, fit for a header. */
  readonly summary: string
  /** Most fundamental first; empty when nothing is wrong or nothing known explains it. */
  readonly mistakes: readonly DiagnosedMistake[]
  /** `right`; `explained` by the mistakes; `unexplained` by anything known; `unread` when there is none to read. */
  readonly signature: 'right' | 'explained' | 'unexplained' | 'unread'
  /** Whether the search ended at `maxEffort` with mistakes left to try, so that a longer one may explain more. */
  readonly isCutShort: boolean
  /** What the client claims. A signature that is the right one is cut to its first 8 characters. */
  readonly claimed:
    | {
        readonly algorithm: string
        readonly appId: string
        readonly signedHeaders: readonly string[]
        readonly signature: string
      }
    | undefined
  /** What the server makes of the request; of the default signed headers when the client's list cannot be read. */
  readonly expected: { readonly canonicalRequest: string; readonly stringToSign: string }
  /** The canonical request the client must have built, when the search reproduced its signature. */
  readonly clientCanonicalRequest?: string
  readonly clientStringToSign?: string
  /** Where the client's canonical request is not the server's; empty when the mistake comes after it. */
  readonly differences?: readonly Difference[]
}

/** A place where the client's canonical request is not the server's. */
export interface Difference {
  /** Counted from 1, in the server's canonical request; for a line that only the client has, in the client's. */
  readonly line: number
  /** `method`, `path`, `query`, `header x-date`, `empty line`, `signed headers`, `body hash` … */
  readonly part: string
  /** The server's line; null when it has none there. */
  readonly expected: string | null
  /** The client's line; null when it has none there. */
  readonly actual: string | null
}
