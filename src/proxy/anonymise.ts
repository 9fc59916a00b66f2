import { isRecord, parseJson, toJson } from '../client/json.ts'
import type { HeaderPairs } from '../signing/index.ts'
import { operations } from '../spec/operations.ts'
import { kindOfField, plainHeaders } from './fields.ts'
import { HIDDEN, type Pseudonyms } from './pseudonyms.ts'

const pathWords: ReadonlySet<string> = new Set(operations.flatMap(({ path }) => path.split('/')))
const PASSWORD = 'redacted-Password-1'

/** Takes people and secrets out of an exchange, the same way wherever they turn up. */
export class Anonymiser {
  readonly #pseudonyms: Pseudonyms

  /** `secrets` are taken out wherever they turn up; those that a client sends are learned. */
  constructor(pseudonyms: Pseudonyms, secrets: readonly string[] = []) {
    this.#pseudonyms = pseudonyms
    for (const secret of secrets) pseudonyms.hide(secret)
  }

  /** Path and query. What no path of an operation has in it is replaced. */
  target(target: string): string {
    const [raw = '', ...rest] = target.split('?')
    const segments = raw
      .split('/')
      .map((one) => (pathWords.has(one) ? one : encodeURIComponent(this.#pseudonyms.name(one))))
    const path = segments.join('/')
    if (rest.length === 0) return path
    const pairs = [...new URLSearchParams(rest.join('?'))].map(
      ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(this.#value(name, value)))}`,
    )
    return `${path}?${pairs.join('&')}`
  }

  headers(headers: HeaderPairs): [string, string][] {
    return headers.map(([name, value]) => [name, this.#header(name.toLowerCase(), value)])
  }

  /** A JSON body; of any other only the size is told. */
  body(text: string): string {
    if (text === '') return ''
    try {
      return toJson(this.#deep('', parseJson(text)))
    } catch {
      return `[${Buffer.byteLength(text)} bytes that are no JSON, left out]`
    }
  }

  prose(text: string): string {
    return this.#pseudonyms.prose(text)
  }

  #header(name: string, value: string): string {
    if (plainHeaders.has(name)) return value
    if (name === 'x-mock-diagnosis') return this.#pseudonyms.prose(value)
    if (name === 'x-user-id' || name === 'x-traceid') return this.#pseudonyms.id(value.trim())
    if (name === 'authorization') return this.#authorization(value)
    return HIDDEN
  }

  /** The form tells what a client does; AppId, signature and token are gone. */
  #authorization(value: string): string {
    const [, scheme, appId = '', names = ''] =
      /^\s*((?:SDK-)?HMAC-SHA256)\b.*?AppId=([^,\s]*).*?SignedHeaders=([^,\s]*)/i.exec(value) ?? []
    if (scheme !== undefined) {
      return `${scheme} AppId=${this.#pseudonyms.id(appId)},SignedHeaders=${names},Signature=${'0'.repeat(64)}`
    }
    const [, form = '', token = ''] = /^\s*(bearer[+ ]|basic\s+|)(.*)$/i.exec(value) ?? []
    this.#pseudonyms.hide(token.trim())
    return `${form}${HIDDEN}`
  }

  #deep(name: string, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.#deep(name, one))
    if (isRecord(value))
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.#deep(key, one)]))
    return this.#value(name, value)
  }

  #value(name: string, value: unknown): unknown {
    const kind = kindOfField(name)
    if (typeof value === 'number' || typeof value === 'bigint') return this.#number(kind, value)
    if (typeof value !== 'string' || value === '' || kind === 'keep') return value
    switch (kind) {
      case 'phone':
        return this.#pseudonyms.phone(value)
      case 'email':
        return this.#pseudonyms.email(value)
      case 'id':
        return this.#pseudonyms.id(value)
      case 'prose':
        return this.#pseudonyms.prose(value)
      case 'password':
        this.#pseudonyms.hide(value)
        return PASSWORD
      case 'token':
        this.#pseudonyms.hide(value)
        return HIDDEN
      default:
        return this.#pseudonyms.name(value)
    }
  }

  #number(kind: ReturnType<typeof kindOfField>, value: number | bigint): number | bigint {
    const digits = String(value)
    if (kind === 'keep' || !/^\d{7,}$/.test(digits)) return value
    const replacement = BigInt(kind === 'phone' ? this.#pseudonyms.phone(digits) : this.#pseudonyms.id(digits))
    return typeof value === 'number' ? Number(replacement) : replacement
  }
}
