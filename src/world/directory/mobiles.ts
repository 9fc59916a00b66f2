import { hash32, scatter, seedFor, unscatter } from '../random.ts'

const COUNTRY = '0086'
/** Prefixes of seeded mobiles. 199 is not among them: the phones that steer outcomes begin with it. */
const PREFIXES = ['131', '135', '136', '138', '139', '147', '150', '151', '157', '159', '177', '181', '186', '188']
/** Phone keys of the mobiles: a 1, the country, then eleven digits, the last eight of them scattered. */
const KEY_COUNT = 10 ** 11
const KEY_START = Number(`1${COUNTRY}`) * KEY_COUNT
const REST_COUNT = 10 ** 8

/** The mobiles of the seeded users: the n-th in stored form, and the way back from a mobile to its user. */
export class Mobiles {
  readonly #seed: number
  readonly #userCount: number

  constructor(seed: number, userCount: number) {
    this.#seed = seedFor(seed, 'mobiles')
    this.#userCount = userCount
  }

  at(user: number): string {
    const rest = scatter(this.#seed, user)
    return COUNTRY + this.#prefixOf(rest) + String(rest).padStart(8, '0')
  }

  /** The seeded user with this mobile, given as its phone key. */
  find(key: number): number | undefined {
    const digits = key - KEY_START
    if (digits < 0 || digits >= KEY_COUNT) return undefined
    const rest = digits % REST_COUNT
    if (String(Math.floor(digits / REST_COUNT)) !== this.#prefixOf(rest)) return undefined
    const user = unscatter(this.#seed, rest)
    return user < this.#userCount ? user : undefined
  }

  #prefixOf(rest: number): string {
    return PREFIXES[hash32(this.#seed, rest) % PREFIXES.length] ?? '138'
  }
}

/** A mobile as lists show it: first 7, four stars, last 4. Listing Users, example. */
export const maskMobile = (mobile: string): string => `${mobile.slice(0, 7)}****${mobile.slice(-4)}`
