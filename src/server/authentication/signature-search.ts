import { setImmediate } from 'node:timers/promises'
import type { DiagnosisSearch } from '../../journal/journal-entry.ts'
import {
  type DiagnoseOptions,
  type Diagnosis,
  diagnose,
  diagnoseInSlices,
  type SignableRequest,
} from '../../signing/index.ts'

/** Effort of a search in a flood, of 2 microseconds each: less than 5 ms together with all else. */
const BRIEF_EFFORT = 500

const NOTHING: SignableRequest = { method: '', url: '', headers: [] }

export class SignatureSearch implements DiagnosisSearch {
  readonly #request: SignableRequest
  readonly #options: DiagnoseOptions
  #latest: Diagnosis | undefined
  #full: Promise<Diagnosis> | undefined

  constructor(request: SignableRequest, options: DiagnoseOptions) {
    this.#request = request
    this.#options = options
  }

  get latest(): Diagnosis {
    this.#latest ??= diagnose(this.#request, { ...this.#options, maxEffort: BRIEF_EFFORT })
    return this.#latest
  }

  ended(): SignatureSearch {
    const search = new SignatureSearch(NOTHING, this.#options)
    search.#latest = this.latest
    search.#full = Promise.resolve(this.latest)
    return search
  }

  full(): Promise<Diagnosis> {
    this.#full ??= this.#latest?.isCutShort === false ? Promise.resolve(this.#latest) : this.#search()
    return this.#full
  }

  async #search(): Promise<Diagnosis> {
    this.#latest = await inTurns(diagnoseInSlices(this.#request, this.#options))
    return this.#latest
  }
}

/** Runs a diagnosis slice by slice, and lets everything else that waits have its turn between them. */
export async function inTurns(slices: ReturnType<typeof diagnoseInSlices>): Promise<Diagnosis> {
  for (;;) {
    const { done, value } = slices.next()
    if (done) return value
    await setImmediate()
  }
}
