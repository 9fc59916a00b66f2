import { Characters } from './characters.ts'

/** Many texts as parts of one, such as a field of every record of a JSON body. A text that is absent is empty. */
export class TextRanges {
  /** The text that they are parts of. */
  readonly whole: Characters
  /** Number of texts. */
  readonly length: number
  readonly #bounds: Uint32Array
  readonly #first: number
  readonly #stride: number

  /** `bounds` holds begin and end of a text at `first`, those of the next one `stride` places further, and so on. */
  constructor(whole: Characters, length: number, bounds: Uint32Array, first = 0, stride = 2) {
    this.whole = whole
    this.length = length
    this.#bounds = bounds
    this.#first = first
    this.#stride = stride
  }

  static of(texts: readonly (string | undefined)[]): TextRanges {
    const bounds = new Uint32Array(2 * texts.length)
    let end = 0
    for (let index = 0; index < texts.length; index += 1) {
      bounds[2 * index] = end
      end += texts[index]?.length ?? 0
      bounds[2 * index + 1] = end
    }
    return new TextRanges(Characters.ofText(texts.join('')), texts.length, bounds)
  }

  startOf(index: number): number {
    return this.#bounds[index * this.#stride + this.#first] as number
  }

  /** Behind the last character. */
  endOf(index: number): number {
    return this.#bounds[index * this.#stride + this.#first + 1] as number
  }

  at(index: number): string {
    return this.whole.slice(this.startOf(index), this.endOf(index))
  }
}
