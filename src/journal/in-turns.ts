import { bounds } from '../shared/bounds.ts'

/** Lets others be served before a long piece of work goes on. */
export const yieldToOthers = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Asked between the parts of a long piece of work, lets others be served when it has had its time. `elapsed` is a clock in milliseconds. */
export function turnsBy(elapsed: () => number): () => Promise<void> | undefined {
  const end = () => elapsed() + bounds.journalSliceMs.value
  let pause = end()
  const next = async () => {
    await yieldToOthers()
    pause = end()
  }
  return () => (elapsed() > pause ? next() : undefined)
}

/** Makes something of each of many exchanges; others are served in between. `elapsed` is a clock in milliseconds. */
export async function inTurns<T, R>(all: readonly T[], make: (one: T) => R, elapsed: () => number): Promise<R[]> {
  const made: R[] = []
  const turn = turnsBy(elapsed)
  for (const one of all) {
    await turn()
    made.push(make(one))
  }
  return made
}
