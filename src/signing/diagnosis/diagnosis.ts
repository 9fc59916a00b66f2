import type { AppCredentials } from '../types.ts'
import type { Difference } from './differences.ts'

export interface DiagnoseOptions extends AppCredentials {
  /** The time of the server in milliseconds since 1970; without it the age of X-Date is not judged. */
  readonly now?: number
  /** How old X-Date may be. Default: 900,000 (15 minutes, vendor page koodrive_05_0032). */
  readonly windowMs?: number
  /** How far X-Date may be in the future. Default: 0. */
  readonly futureToleranceMs?: number
  /** Other applications of this server, to tell when the secret of one of them was used. The first 100 count. */
  readonly knownSecrets?: readonly AppCredentials[]
  /** Upper bound of signatures made in the search; one over a long request counts as several. Default: 50,000. */
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
