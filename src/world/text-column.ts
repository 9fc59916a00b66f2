/**
 * Many short texts as one long one: a thousand of them cost one string and the places where they end, and nothing that
 * the garbage collector has to visit one by one. Becomes a list of texts in JSON.
 */
export class TextColumn {
  /** All texts behind each other. */
  readonly text: string
  /** Number of texts. */
  readonly length: number
  /** Length of each when all have the same, as phones often do. */
  readonly #width: number
  readonly #ends: Uint32Array | undefined

  private constructor(text: string, length: number, width: number, ends: Uint32Array | undefined) {
    this.text = text
    this.length = length
    this.#width = width
    this.#ends = ends
  }

  static of(texts: readonly string[]): TextColumn {
    const { length } = texts
    const width = texts[0]?.length ?? 0
    const text = texts.join('')
    for (let index = 1; index < length; index += 1) {
      if ((texts[index] as string).length !== width) return new TextColumn(text, length, 0, endsOf(texts))
    }
    return new TextColumn(text, length, width, undefined)
  }

  /** Where a text begins in `text`. */
  startOf(index: number): number {
    if (this.#ends === undefined) return index * this.#width
    return index === 0 ? 0 : (this.#ends[index - 1] ?? 0)
  }

  /** Where a text ends in `text`: behind its last character. */
  endOf(index: number): number {
    return this.#ends === undefined ? (index + 1) * this.#width : (this.#ends[index] ?? 0)
  }

  /** A text; empty when there is none at that place. */
  at(index: number): string {
    return this.text.slice(this.startOf(index), this.endOf(index))
  }

  slice(from: number, to: number = this.length): string[] {
    const texts: string[] = []
    for (let index = Math.max(0, from); index < Math.min(to, this.length); index += 1) texts.push(this.at(index))
    return texts
  }

  map<R>(change: (text: string, index: number) => R): R[] {
    return this.slice(0).map(change)
  }

  [Symbol.iterator](): Iterator<string> {
    return this.slice(0)[Symbol.iterator]()
  }

  toJSON(): string[] {
    return this.slice(0)
  }
}

function endsOf(texts: readonly string[]): Uint32Array {
  const ends = new Uint32Array(texts.length)
  let end = 0
  for (let index = 0; index < texts.length; index += 1) {
    end += (texts[index] as string).length
    ends[index] = end
  }
  return ends
}
