/** What stands in the place of a secret. */
export const HIDDEN = 'redacted'

/**
 * Other values in the place of real ones: the same value always gets the same replacement, different values get
 * different ones, and the form stays, so that a written exchange still holds together. Numbered, not computed from the
 * value: a phone number could be found again from any function of it.
 */
export class Pseudonyms {
  readonly #known = new Map<string, string>()
  readonly #counts = new Map<string, number>()
  readonly #replacements = new Set<string>()
  /** What is known, the longest first; made anew when something is learned. */
  #byLength: readonly (readonly [string, string])[] | undefined

  /** Takes a secret out of every prose from now on. */
  hide(secret: string): void {
    if (secret.length > 3) this.#keep(secret, HIDDEN)
  }

  /** A phone keeps its country code and its length; a masked one stays masked, and matches the phone behind it. */
  phone(value: string): string {
    const known = this.#known.get(value)
    if (known !== undefined) return known
    if (/^\d{7}\*{4}\d{4}$/.test(value)) {
      const [country = ''] = /^00\d\d/.exec(value) ?? []
      return this.#keep(value, `${`${country}139000000`.slice(0, 7)}****${this.#next('masked', 4)}`)
    }
    const [, country = '', rest = ''] = /^((?:\+|00)\d\d)?(\d{6,})$/.exec(value) ?? []
    if (rest === '') return this.#keep(value, `phone-${this.#next('phone', 1)}`)
    const replacement = `${country}139${this.#next('phone', rest.length - 3)}`
    const [mask, masked] = [maskOf(value), maskOf(replacement)]
    if (mask !== undefined && masked !== undefined && !this.#known.has(mask)) this.#keep(mask, masked)
    return this.#keep(value, replacement)
  }

  email(value: string): string {
    return this.#known.get(value) ?? this.#keep(value, `person-${this.#next('email', 1)}@example.com`)
  }

  name(value: string): string {
    return this.#known.get(value) ?? this.#keep(value, `Name ${this.#next('name', 1)}`)
  }

  /** An id keeps its length: digits stay digits, hexadecimal digits stay such. Very short ones name nobody. */
  id(value: string): string {
    const known = this.#known.get(value)
    if (known !== undefined || value.length < 4) return known ?? value
    const isHex = /^(?=.*[a-f])[0-9a-f]{16,}$/i.test(value)
    if (!isHex && !/^\d+$/.test(value)) return this.#keep(value, `id-${this.#next('id', 1)}`)
    return this.#keep(value, `${isHex ? 'a' : '1'}${this.#next('id', value.length - 1)}`)
  }

  /** Prose with everything taken out that is known, or looks like a phone, an id or an address. */
  prose(text: string): string {
    let shown = text
    this.#byLength ??= [...this.#known].sort(([a], [b]) => b.length - a.length)
    for (const [value, replacement] of this.#byLength) {
      if (value.length > 1 && shown.includes(value)) shown = shown.replaceAll(value, replacement)
    }
    return shown
      .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, (found) => (this.#isOurs(found) ? found : this.email(found)))
      .replace(/(?<![\w.])(?:\+|00)?\d{9,}(?!\w)/g, (found) =>
        this.#isOurs(found) ? found : found.length > 14 ? this.id(found) : this.phone(found),
      )
  }

  #isOurs(text: string): boolean {
    return this.#replacements.has(text)
  }

  #keep(value: string, replacement: string): string {
    this.#known.set(value, replacement)
    this.#byLength = undefined
    this.#replacements.add(replacement)
    return replacement
  }

  #next(kind: string, digits: number): string {
    const count = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, count)
    return String(count).padStart(Math.max(1, digits), '0')
  }
}

/** As lists show a phone: with its country code, the middle hidden. */
function maskOf(phone: string): string | undefined {
  const full = /^\d{11}$/.test(phone) ? `0086${phone}` : phone.replace(/^\+/, '00')
  return full.length === 15 ? `${full.slice(0, 7)}****${full.slice(-4)}` : undefined
}
