import type { HeaderPairs } from '../shared/headers.ts'
import { hasMoreValues, isRecord, parseAnswer, toJson } from '../shared/json.ts'
import { limits } from '../spec/limits.ts'
import { operations } from '../spec/operations.ts'
import { hasClosedForm, isDocumentedName, isPlainHeader, isStandardHeader, kindOfField } from './fields.ts'
import { Prose } from './prose.ts'
import { HIDDEN, type Pseudonyms } from './pseudonyms.ts'

const pathWords: ReadonlySet<string> = new Set(operations.flatMap(({ path }) => path.split('/')))
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'])
/** JSON that is deeper than any answer of the service: below, nothing is written down. */
const DEEPEST = 64

/**
 * Takes people and secrets out of an exchange, the same way wherever they turn up. A value is kept only where it has the
 * closed form that the description gives its field: a count, a flag, one of the listed words, a documented message.
 * Everything else, names of fields and headers too, gets a pseudonym of the same form.
 */
export class Anonymiser {
  readonly #pseudonyms: Pseudonyms
  readonly #prose: Prose

  /** `secrets` are taken out wherever they turn up; those that a client sends are learned. */
  constructor(pseudonyms: Pseudonyms, secrets: readonly string[] = [], ownHosts: readonly string[] = []) {
    this.#pseudonyms = pseudonyms
    this.#prose = new Prose(pseudonyms, ownHosts)
    for (const secret of secrets) pseudonyms.hide(secret)
  }

  method(method: string): string {
    return METHODS.has(method) ? method : 'OTHER'
  }

  /** Path and query. What no path of an operation has in it is replaced. */
  target(target: string): string {
    const [raw = '', ...rest] = target.split('?')
    const path = raw
      .split('/')
      .map((one) => (pathWords.has(one) ? one : encodeURIComponent(this.#pathValue(one))))
      .join('/')
    if (rest.length === 0) return path
    const pairs = [...new URLSearchParams(rest.join('?'))].map(
      ([name, value]) =>
        `${encodeURIComponent(this.#name(name))}=${encodeURIComponent(String(this.#value(name, value)))}`,
    )
    return `${path}?${pairs.join('&')}`
  }

  headers(headers: HeaderPairs): [string, string][] {
    return headers.map(([name, value]) => {
      const lower = name.toLowerCase()
      return [isStandardHeader(lower) ? lower : `x-${this.#pseudonyms.field(lower)}`, this.#header(lower, value)]
    })
  }

  /** A JSON body; of any other only the size is given. */
  body(text: string): string {
    if (text === '') return ''
    if (hasMoreValues(text, limits.jsonMaxValues)) {
      return `[${Buffer.byteLength(text)} bytes with more than ${limits.jsonMaxValues} values, left out]`
    }
    try {
      const value = parseAnswer(text)
      this.#prose.begin()
      // First whom it names: a string for people before a name may speak of the same person.
      this.#deep('', value, 0, false)
      return toJson(this.#deep('', value, 0, true))
    } catch {
      return `[${Buffer.byteLength(text)} bytes that are not JSON, left out]`
    }
  }

  /** What we remark about an exchange that was read before. */
  remark(text: string): string {
    return this.#prose.remark(text)
  }

  #name(name: string): string {
    return name === '' || isDocumentedName(name) ? name : this.#pseudonyms.field(name)
  }

  #pathValue(segment: string): string {
    const value = decoded(segment)
    return /^\d+$/.test(value) ? this.#pseudonyms.id(value) : value === '' ? '' : this.#pseudonyms.name(value)
  }

  #header(name: string, value: string): string {
    if (value === '' || isPlainHeader(name, value)) return value
    if (name === 'x-mock-diagnosis') return this.#prose.message(value)
    if (name === 'x-user-id' || name === 'x-traceid' || name === 'x-mock-request-id')
      return this.#pseudonyms.id(value.trim())
    if (name === 'authorization') return this.#authorization(value)
    if (name === 'x-mock-rule' || name === 'x-mock-fault') return this.#prose.message(value)
    this.#pseudonyms.hide(value)
    return HIDDEN
  }

  /** The form tells what a client does; AppId, signature and token are gone. */
  #authorization(value: string): string {
    const [, scheme, appId = '', names = ''] =
      /^\s*((?:SDK-)?HMAC-SHA256)\b.*?AppId=([^,\s]*).*?SignedHeaders=([^,\s]*)/i.exec(value.slice(0, 4000)) ?? []
    if (scheme !== undefined) {
      const signed = names
        .split(';')
        .map((one) => (isStandardHeader(one.toLowerCase()) ? one : this.#pseudonyms.field(one)))
      const signature = '0'.repeat(64)
      return `${scheme} AppId=${this.#pseudonyms.id(appId)},SignedHeaders=${signed.join(';')},Signature=${signature}`
    }
    const [, form = '', token = ''] = /^\s*(bearer[+ ]|basic\s+|)(.*)$/is.exec(value) ?? []
    this.#pseudonyms.hide(token.trim())
    return `${form}${HIDDEN}`
  }

  #deep(name: string, value: unknown, depth: number, withProse: boolean): unknown {
    if (depth > DEEPEST) return HIDDEN
    if (Array.isArray(value)) return value.map((one) => this.#deep(name, one, depth + 1, withProse))
    if (isRecord(value)) {
      const entries = Object.entries(value)
      return Object.fromEntries(
        entries.map(([key, one]) => [this.#name(key), this.#deep(key, one, depth + 1, withProse)]),
      )
    }
    return kindOfField(name) === 'prose' && !withProse ? value : this.#value(name, value)
  }

  #value(name: string, value: unknown): unknown {
    if (typeof value === 'number' || typeof value === 'bigint') return this.#number(name, value)
    if (typeof value !== 'string' || value === '') return value
    const pseudonyms = this.#pseudonyms
    if (hasClosedForm(name, value)) return value
    switch (kindOfField(name)) {
      case 'phone':
        return pseudonyms.phone(value)
      case 'email':
        return pseudonyms.email(value)
      case 'id':
        return pseudonyms.id(value)
      case 'cursor':
        return pseudonyms.cursor(value)
      case 'prose':
        return this.#prose.message(value)
      case 'password':
        return pseudonyms.password(value)
      case 'token':
        pseudonyms.hide(value)
        return HIDDEN
      case 'time':
        return TIME.test(value) || isEpoch(value) ? value : pseudonyms.name(value)
      case 'name':
      case 'closed':
        return /^-?\d+(?:\.\d+)?$/.test(value) ? pseudonyms.number(value) : pseudonyms.name(value)
    }
  }

  /** A number stays a number; one that is longer than any count becomes another one of its length. */
  #number(name: string, value: number | bigint): number | bigint {
    const digits = String(value)
    if (hasClosedForm(name, digits)) return value
    const kind = kindOfField(name)
    if (kind === 'time' && isEpoch(digits)) return value
    if (!/^-?\d+(?:\.\d+)?$/.test(digits)) return 1
    const isWhole = /^\d{7,}$/.test(digits)
    const replacement =
      isWhole && kind === 'phone'
        ? this.#pseudonyms.phone(digits)
        : isWhole && kind === 'id'
          ? this.#pseudonyms.id(digits)
          : this.#pseudonyms.number(digits)
    return typeof value === 'number' ? Number(replacement) : BigInt(replacement)
  }
}

const TIME = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/
/** Milliseconds from 2014 to 2049: no phone of China is in between, with its country code or without. */
const isEpoch = (digits: string): boolean => /^(?:1[4-9]|2[0-4])\d{11}$/.test(digits)

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
