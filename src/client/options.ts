import type { Language } from '../spec/languages.ts'
import type { Sleep } from './system-time.ts'
import type { ProvisionedUser, TaskInfo } from './types.ts'

/** What a client is made of. */
export interface ClientOptions {
  /** Base URL of the service, without /koodrive. */
  readonly baseUrl: string
  /** With `appSecret` and `userId`: for the operations that are signed. */
  readonly appId?: string | undefined
  readonly appSecret?: string | undefined
  /** KooDrive id of the calling user, X-User-Id. */
  readonly userId?: string | undefined
  /** For the operations that take a token; without one they are signed. */
  readonly accessToken?: string | undefined
  /** For listUserSpaces; the access token when absent. */
  readonly appAccessToken?: string | undefined
  /** Spelling of the token. Default `blank`: `Bearer T`. Reading bearer-form. */
  readonly bearerForm?: 'blank' | 'plus' | 'bare' | undefined
  /** Which value of isSuccess means passed. Default 0. Reading preverify-success-value. */
  readonly preverifySuccessValue?: 0 | 1 | undefined
  /** Language of messages. Default: that of the service. */
  readonly language?: Language | undefined
  /** Certificates in PEM to trust besides those of Node. */
  readonly ca?: string | undefined
  /** Client certificate in PEM, and its key. */
  readonly cert?: string | undefined
  readonly key?: string | undefined
  /** Default: the global fetch, through HTTPS_PROXY and HTTP_PROXY but for NO_PROXY. A mock's own `fetch` works without a port. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined
  /** Longest wait for an answer in milliseconds. Default 30,000. */
  readonly timeoutMs?: number | undefined
  /** How often a call is repeated when that is safe. Default 3. */
  readonly retries?: number | undefined
  /** Whether a refused X-Date may teach the client the clock of the service. Default false. */
  readonly learnClockSkew?: boolean | undefined
  /** Epoch milliseconds. */
  readonly now?: (() => number) | undefined
  /** A number in [0, 1), for jitter. */
  readonly random?: (() => number) | undefined
  readonly sleep?: Sleep | undefined
}

/** What one call may be told. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined
  /** Trace id of 58 characters. */
  readonly traceId?: string | undefined
}

/** How to wait for a task. */
export interface WaitOptions extends CallOptions {
  /** Called with the progress of every poll. */
  readonly onProgress?: ((progress: TaskInfo) => void) | undefined
  /** Longest wait in milliseconds. Default 600,000. */
  readonly timeoutMs?: number | undefined
  /** First pause between two polls in milliseconds; each further one is half as long again. Default 500. */
  readonly firstWaitMs?: number | undefined
  /** Longest pause in milliseconds. Default 10,000. */
  readonly longestWaitMs?: number | undefined
}

/** How to provision. */
export interface ProvisionOptions extends WaitOptions {
  /** Users of one task, 1 to 1,000. Default 1,000. */
  readonly chunkSize?: number | undefined
  /** How often a user is submitted at most, when answers are lost or tasks fail as a whole. Default 3. */
  readonly attempts?: number | undefined
  /** Called with the outcomes of each chunk once they are known. */
  readonly onChunk?: ((outcomes: readonly ProvisionedUser[]) => void) | undefined
}
