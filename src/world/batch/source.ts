/** Events of one kind, one after the other: the rows of a task, the arrivals of a scenario. */
export interface Source {
  /** Decides between two sources that are due at the same time: the lower goes first. */
  readonly sequence: number
  /** When its next event is due; undefined when there is none. */
  readonly nextDue: number | undefined
  /** Carries out the next event, at its time. */
  step(at: number): void
}
