/** An exchange as the terminal and the metrics see it. */
export interface FinishedExchange {
  readonly sandbox: string | undefined
  readonly requestId: string
  readonly operation: string | undefined
  /** The own route that answered, by its id. */
  readonly route?: string | undefined
  /** Scheme and host of the server that the call was passed on to. */
  readonly passedOnTo?: string | undefined
  readonly method: string
  readonly target: string
  readonly status: number
  readonly durationMs: number
  readonly diagnosis: string | undefined
  /** Id of the batch task that was made or asked about. */
  readonly task?: string | undefined
  readonly faults: readonly string[]
}
