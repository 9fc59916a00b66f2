import type { Readings } from '../../spec/readings.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import type { Answer } from './answer.ts'

/** An answer that stays true as long as `holds` says so. */
interface Kept {
  readonly answer: Answer
  readonly readings: Readings
  readonly holds: () => boolean
}

/** Characters of bodies that are kept for a sandbox. */
const CHARACTERS_KEPT = 4 * 1024 * 1024

/**
 * Answers of requests that are asked again and again: a page of a list while nobody joins, a finished task while it is
 * polled. Writing a page costs more than everything else about it.
 */
class AnswersOfSandbox {
  readonly #kept = new Map<string, Kept>()
  #characters = 0

  get(key: string, readings: Readings): Answer | undefined {
    const kept = this.#kept.get(key)
    if (kept === undefined) return undefined
    if (kept.readings === readings && kept.holds()) return kept.answer
    this.#drop(key, kept)
    return undefined
  }

  set(key: string, kept: Kept): void {
    this.#kept.set(key, kept)
    this.#characters += kept.answer.body.length
    for (const [oldest, { answer }] of this.#kept) {
      if (this.#characters <= CHARACTERS_KEPT) return
      this.#drop(oldest, { answer })
    }
  }

  #drop(key: string, { answer }: Pick<Kept, 'answer'>): void {
    this.#kept.delete(key)
    this.#characters -= answer.body.length
  }
}

/** The kept answers of each sandbox; they go with it. */
export class AnswerCache {
  readonly #sandboxes = new WeakMap<Sandbox, AnswersOfSandbox>()

  of(sandbox: Sandbox): AnswersOfSandbox {
    const known = this.#sandboxes.get(sandbox)
    if (known !== undefined) return known
    const made = new AnswersOfSandbox()
    this.#sandboxes.set(sandbox, made)
    return made
  }
}
