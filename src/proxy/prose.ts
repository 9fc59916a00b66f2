import { bounds } from '../shared/bounds.ts'
import { replaceLooseFields } from '../shared/secret-fields.ts'
import { errors } from '../spec/errors.ts'
import type { Operation } from '../spec/operation.ts'
import { operations } from '../spec/operations.ts'
import { hasClosedForm, isDocumentedName } from './fields.ts'
import { HIDDEN, type Pseudonyms } from './pseudonyms.ts'

const LONGEST = bounds.proseCharacters.value

/** Words that services use in messages and that name nobody. */
const common = `a about above abnormal accepted access account action active administrator again all allocate allocated
allowed already an and any api app application are as at authentication authorization authorized bad batch be bearer been
before being belong below between body busy but by cannot capacity change changed character characters check code common
conflict contact content correct count created data database date day days deleted denied department departments does
duplicate duplicated each email empty enough enterprise error exceed exceeded exceeds exist existing exists expired fail
failed failure few field fields file find for forbidden format found from gateway gb greater group had has have header
headers host hour hours id identifier if in inactive incorrect insufficient internal invalid invoke is it item items its
json key large later length less level levels limit list long login manager match max maximum member members message method
min minimum minute minutes missing mobile must name names needed new no non none not null number of off offset ok on once one only
operation operations or order organisation organization other out over own owner page parameter parameters parse part
partially password path pending per permission permissions phone please pool process processed query quota rate reached read
record records refused registered request requests required requires reset resource resources result retry right role row rows
running same second seconds sent server service session short should sign signature signed size skipped some space spaces
state status still string success successful successfully system task tasks team temporarily tenant than that the their then
there this time timeout to token too try type unable unauthorized unavailable unique unknown unsupported until update
updated upper url use used user users valid validate value values verification verify version was were when which while with
without write wrong yet you your`.split(/\s+/)

/** Words and whole strings of the pages. */
let documented: { readonly texts: ReadonlySet<string>; readonly words: ReadonlySet<string> } | undefined

function vocabulary() {
  if (documented === undefined) {
    const texts = [
      ...Object.values(errors).flatMap(({ message }) => Object.values(message)),
      ...(operations as readonly Operation[]).flatMap(({ successMessage }) => Object.values(successMessage)),
    ]
    const words = texts.flatMap((text) => text.toLowerCase().match(WORD) ?? [])
    documented = { texts: new Set(texts), words: new Set([...words, ...common]) }
  }
  return documented
}

/** A run of letters, digits and what stands within a number, an address or a token. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}_@+=/~*-]*(?:[.'’:][\p{L}\p{N}_@+=/~*-]+)*/gu
/** Seven digits or more with separators in between, as people write phones. */
const SEPARATED = /(?<![\p{L}\p{N}])(?:\+|\()?\d(?:\)?[\s.-]?\d){6,24}(?![\p{L}\p{N}])/gu
const ADDRESS = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g
const URL_ORIGIN = /\b(https?:\/\/)([^\s/"'<>?#]{1,255})/gi
const BEARER = /\b(bearer[+ ]+|basic +)([^\s"',]+)/gi

/** Takes people and secrets out of strings for people. */
export class Prose {
  readonly #pseudonyms: Pseudonyms
  readonly #ownHosts: ReadonlySet<string>
  #left: number = bounds.proseTotalCharacters.value

  constructor(pseudonyms: Pseudonyms, ownHosts: readonly string[] = []) {
    this.#pseudonyms = pseudonyms
    this.#ownHosts = new Set(ownHosts)
  }

  /** A body begins: so much of the strings in it is looked at. */
  begin(): void {
    this.#left = bounds.proseTotalCharacters.value
  }

  /** A message of the service: what it says in words that no page and no other message uses may be about somebody. */
  message(text: string): string {
    if (vocabulary().texts.has(text)) return text
    this.#left -= Math.min(text.length, LONGEST)
    if (this.#left < 0) return `(${text.length} characters)`
    return this.#common(text).replace(WORD, (word) => this.#word(word))
  }

  /** A remark of our own: its words are ours, and what it quotes is the client's or the service's. */
  remark(text: string): string {
    const quoted = this.#common(text).replace(/"([^"]*)"/g, (_, inner: string) => `"${this.#quoted(inner)}"`)
    return quoted.replace(WORD, (word) =>
      /\d{7}|^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[\w+/=]{12,}$/.test(word) ? this.#word(word) : word,
    )
  }

  #common(text: string): string {
    const cut = text.length <= LONGEST ? text : text.slice(0, LONGEST)
    const rest = text.length <= LONGEST ? '' : ` (and ${text.length - LONGEST} more characters)`
    const known = this.#pseudonyms.withoutKnown(cut)
    const safe = replaceLooseFields(known, (name, value) => this.#secret(name, value))
      .replace(BEARER, (_, scheme: string, token: string) => scheme + this.#secret('token', token))
      .replace(URL_ORIGIN, (_, scheme: string, host: string) => scheme + this.#host(host))
      .replace(ADDRESS, (found) => (this.#pseudonyms.isOurs(found) ? found : this.#pseudonyms.email(found)))
      .replace(SEPARATED, (found) => this.#digits(found))
    return safe + rest
  }

  #secret(name: string, value: string): string {
    // Our own remarks say "accessToken: missing": a name, and what is wrong with it.
    if (this.#pseudonyms.isOurs(value) || (isDocumentedName(name) && vocabulary().words.has(value.toLowerCase())))
      return value
    this.#pseudonyms.hide(value)
    return HIDDEN
  }

  #host(host: string): string {
    const isOwn = this.#ownHosts.has(host.toLowerCase()) || /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(host)
    return isOwn || this.#pseudonyms.isOurs(host) ? host : this.#pseudonyms.host(host)
  }

  #digits(found: string): string {
    if (this.#pseudonyms.isOurs(found) || hasClosedForm('code', found)) return found
    if (found.startsWith('(') && !found.includes(')')) return `(${this.#digits(found.slice(1))}`
    const isPlain = /^\+?\d+$/.test(found)
    return isPlain && found.length > 14 ? this.#pseudonyms.id(found) : this.#pseudonyms.phone(found)
  }

  #quoted(text: string): string {
    if (text === '' || this.#pseudonyms.isOurs(text) || isDocumentedName(text)) return text
    return this.#pseudonyms.known(text) ?? text.replace(WORD, (word) => this.#word(word))
  }

  #word(word: string): string {
    const pseudonyms = this.#pseudonyms
    if (pseudonyms.isOurs(word)) return word
    const known = pseudonyms.known(word)
    if (known !== undefined) return known
    if (/^\d{1,4}(?:[.:]\d{1,3})?$/.test(word) || hasClosedForm('code', word)) return word
    const { words, texts } = vocabulary()
    if (words.has(word.toLowerCase()) || texts.has(word) || isDocumentedName(word) || OURS.test(word)) return word
    return pseudonyms.word(word)
  }
}

/** Parts of pseudonyms of several words, and what a remark about a form says. */
const OURS =
  /^(?:Name|redacted|xxx+|AppId|AppSecret|X-[A-Z][a-z]+(?:-[A-Z][a-z]+)?|Authorization|GET|POST|PUT|DELETE|HTTP|more)$/
