import { type Evidence, pages } from '../evidence.ts'

/** One possible answer to an open question about the service. */
export interface ReadingAnswer {
  readonly meaning: string
  readonly evidence: Evidence
  readonly source: string
}

/** A place where the vendor's pages contradict themselves or are silent. */
export interface Reading {
  readonly question: string
  readonly default: string
  /** The answers by the value that switches them on. */
  readonly answers: Readonly<Record<string, ReadingAnswer>>
  readonly why: string
  /** Present when besides the listed answers a number of seconds in this range is an answer. */
  readonly seconds?: { readonly min: number; readonly max: number }
}

/** An answer with its evidence and source. */
const answer = (meaning: string, evidence: Evidence, source: string): ReadingAnswer => ({ meaning, evidence, source })
/** An answer that a vendor page states. */
export const table = (meaning: string, page: keyof typeof pages, place: string) =>
  answer(meaning, 'documented', `${pages[page]}, ${place}`)
/** An answer that only a vendor example shows. */
export const shown = (meaning: string, page: keyof typeof pages) =>
  answer(meaning, 'example', `${pages[page]}, example`)
/** An answer that we concluded. */
export const guess = (meaning: string, from: string) => answer(meaning, 'inferred', from)
