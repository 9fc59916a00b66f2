import { bounds } from '../shared/bounds.ts'
import { spellingsOf } from '../shared/redact.ts'

/** What stands in the place of a secret. */
export const HIDDEN = 'redacted'

/** Longer values are replaced where they stand and not looked for in prose. */
const LONGEST_IN_PROSE = 256
/** Values are found in prose by their first characters. */
const PREFIX = 4
/** Values up to this length get a pseudonym of any length; beyond it, one as long as they are. */
const SHORT = 40

/**
 * Other values in the place of real ones: the same value always gets the same replacement, different values get
 * different ones, and the form stays, so that a written exchange still holds together. Numbered, not computed from the
 * value: a phone number could be found again from any function of it.
 */
export class Pseudonyms {
  readonly #known = new Map<string, string>()
  readonly #counts = new Map<string, number>()
  readonly #replacements = new Set<string>()
  #bytes = 0
  /** Lengths of the values that prose is searched for, by their first characters; the longest first. */
  readonly #lengths = new Map<string, number[]>()
  /** Values that prose is not searched for. */
  readonly #unsearched = new Set<string>()

  /** Takes a secret out of every prose from now on, however it is spelled. */
  hide(secret: string): void {
    if (secret.length < 4) return
    for (const spelling of spellingsOf(secret)) if (!this.#known.has(spelling)) this.#keep(spelling, HIDDEN)
  }

  /** A phone keeps its country code and its length; a masked one stays masked, and matches the phone behind it. */
  phone(value: string): string {
    const known = this.#known.get(value)
    if (known !== undefined) return known
    if (/^\d{7}\*{4}\d{4}$/.test(value)) {
      const [country = ''] = /^00\d\d/.exec(value) ?? []
      return this.#keep(value, `${`${country}139000000`.slice(0, 7)}****${this.#next('masked', 4)}`)
    }
    const [, country = '', rest = ''] = /^((?:\+|00)\d\d)?(\d{6,20})$/.exec(value) ?? []
    if (rest === '') return this.#keep(value, this.#sized(`phone-${this.#next('phone', 1)}`, value))
    const replacement = `${country}139${this.#next('phone', rest.length - 3)}`
    const [mask, masked] = [maskOf(value), maskOf(replacement)]
    if (mask !== undefined && masked !== undefined && !this.#known.has(mask)) this.#keep(mask, masked)
    return this.#keep(value, replacement)
  }

  /** An address stays one; what is none does not become one. */
  email(value: string): string {
    const known = this.#known.get(value)
    if (known !== undefined) return known
    const isAddress = /^[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+$/.test(value.slice(0, 400))
    return this.#keep(value, this.#sized(`person-${this.#next('email', 1)}${isAddress ? '@example.com' : ''}`, value))
  }

  name(value: string): string {
    return this.#known.get(value) ?? this.#keep(value, this.#sized(`Name ${this.#next('name', 1)}`, value))
  }

  /** A password stays too short, too long or neither, as the rules of the service count. */
  password(value: string): string {
    const known = this.#known.get(value)
    if (known !== undefined) return known
    const count = this.#next('password', 1)
    const replacement =
      value.length < 8 ? `Pw${count}`.slice(0, Math.max(3, value.length)) : `Redacted-Password-${count}`
    return this.#keep(value, this.#sized(replacement, value))
  }

  /** The name of a field, a parameter or a header that no page has. */
  field(value: string): string {
    return this.#known.get(value) ?? this.#keep(value, `field-${this.#next('field', 1)}`)
  }

  /** A cursor, which may hold anything in Base64. */
  cursor(value: string): string {
    return this.#known.get(value) ?? this.#keep(value, this.#sized(`cursor-${this.#next('cursor', 1)}`, value))
  }

  /** Another name for a host that is not ours. */
  host(value: string): string {
    return this.#known.get(value) ?? this.#keep(value, `host-${this.#next('host', 1)}.example`)
  }

  /** A word of a string that no page has. Prose is not searched for it: it may be a common word. */
  word(value: string): string {
    return this.#known.get(value) ?? this.#keep(value, `word-${this.#next('word', 1)}`, false)
  }

  /** An id keeps its length: digits stay digits, hexadecimal digits stay such. */
  id(value: string): string {
    const known = this.#known.get(value)
    if (known !== undefined) return known
    const isHex = /^(?=.*[a-f])[0-9a-f]{16,128}$/i.test(value)
    if (!isHex && !/^\d{1,40}$/.test(value)) return this.#keep(value, this.#sized(`id-${this.#next('id', 1)}`, value))
    return this.#keep(value, `${isHex ? 'a' : '1'}${this.#next('id', value.length - 1)}`)
  }

  /** A number keeps its sign, the count of its digits and whether it has a fraction. */
  number(value: string): string {
    const known = this.#known.get(value)
    if (known !== undefined) return known
    const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)((?:\.\d+)?)/.exec(value) ?? []
    const count = this.#next('number', 0)
    const digits = `1${count.padStart(Math.max(0, whole.length - 1), '0')}`
    return this.#keep(value, `${sign}${digits}${fraction === '' ? '' : '.5'}`)
  }

  /** The replacement of a value that is known already. */
  known(value: string): string | undefined {
    return this.#known.get(value)
  }

  /** Whether a string is a replacement, and no real value. */
  isOurs(text: string): boolean {
    return this.#replacements.has(text)
  }

  /** A string without the values that are known; of two that begin at one place, the longer one is meant. */
  withoutKnown(text: string): string {
    let shown = ''
    let from = 0
    for (let at = 0; at < text.length; ) {
      const found = this.#valueAt(text, at)
      if (found === undefined) at += 1
      else {
        shown += text.slice(from, at) + this.#known.get(found)
        at += found.length
        from = at
      }
    }
    return shown + text.slice(from)
  }

  #valueAt(text: string, at: number): string | undefined {
    for (let start = PREFIX; start > 1; start -= 1) {
      for (const length of this.#lengths.get(text.slice(at, at + start)) ?? []) {
        const value = text.slice(at, at + length)
        if (value.length < length || !this.#known.has(value) || this.#unsearched.has(value)) continue
        if (length >= PREFIX || isWhole(text, at, value)) return value
      }
    }
    return undefined
  }

  /** A long value stays long: the service may refuse it for that. */
  #sized(replacement: string, value: string): string {
    return value.length <= SHORT ? replacement : replacement.padEnd(value.length, 'x')
  }

  #keep(value: string, replacement: string, isSearched = true): string {
    this.#bytes += 2 * (value.length + replacement.length) + 100
    if (this.#bytes > bounds.pseudonymBytes.value) return replacement
    this.#known.set(value, replacement)
    this.#replacements.add(replacement)
    if (!isSearched || value.length < 2 || value.length > LONGEST_IN_PROSE) this.#unsearched.add(value)
    else {
      this.#unsearched.delete(value)
      const prefix = value.slice(0, PREFIX)
      const lengths = this.#lengths.get(prefix) ?? []
      if (!lengths.includes(value.length)) {
        lengths.push(value.length)
        lengths.sort((a, b) => b - a)
        this.#lengths.set(prefix, lengths)
      }
    }
    return replacement
  }

  #next(kind: string, digits: number): string {
    const count = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, count)
    return String(count).padStart(Math.max(1, digits), '0')
  }
}

/** A short value of letters or digits is meant only where it stands alone: `Li` is not a part of `limit`. */
function isWhole(text: string, at: number, value: string): boolean {
  const joins = (sign: string | undefined): boolean => sign !== undefined && /[\w]/.test(sign)
  return /[^\w]/.test(value) || !(joins(text[at - 1]) || joins(text[at + value.length]))
}

/** As lists show a phone: with its country code, the middle hidden. */
function maskOf(phone: string): string | undefined {
  const full = /^\d{11}$/.test(phone) ? `0086${phone}` : phone.replace(/^\+/, '00')
  return full.length === 15 ? `${full.slice(0, 7)}****${full.slice(-4)}` : undefined
}
