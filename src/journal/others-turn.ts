import { bounds } from '../shared/bounds.ts'

/** Lets others be served before a long piece of work goes on. */
export const othersTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Makes something of each of many exchanges; others are served in between. `elapsed` is a clock in milliseconds. */
export async function inTurns<T, R>(all: readonly T[], make: (one: T) => R, elapsed: () => number): Promise<R[]> {
  const made: R[] = []
  let pause = elapsed() + bounds.journalSliceMs.value
  for (const one of all) {
    if (elapsed() > pause) {
      await othersTurn()
      pause = elapsed() + bounds.journalSliceMs.value
    }
    made.push(make(one))
  }
  return made
}
