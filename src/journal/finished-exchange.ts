/** An exchange as the terminal and the metrics see it. */
export interface FinishedExchange {
  readonly sandbox: string | undefined
  readonly requestId: string
  readonly operation: string | undefined
  readonly method: string
  readonly target: string
  readonly status: number
  readonly durationMs: number
  readonly diagnosis: string | undefined
  /** Id of the batch task that was made or asked about. */
  readonly task?: string | undefined
  readonly faults: readonly string[]
}
