import { firstHeader } from '../../shared/headers.ts'
import { parseExact } from '../../shared/json.ts'
import type { JournalEntry } from '../journal-entry.ts'
import { toText } from '../viewer.ts'
import type { Matcher, Verification, Where } from './where.ts'

/** How an exchange differs from what is wanted. `got` is undefined where there was nothing. */
export interface Difference {
  /** What differs: `header X-Traceid`, `body.userList[0].phone`. */
  readonly place: string
  /** The last name of the place, which tells whether what came is a secret. */
  readonly name: string
  readonly expected: string
  readonly got: string | undefined
}

/** Everything but the body, which is dear to parse. */
export function cheapDifferences(entry: JournalEntry, { operation, route, where = {} }: Verification): Difference[] {
  const [path = '', search = ''] = split(entry.target)
  const query = where.query === undefined ? undefined : new URLSearchParams(search)
  return [
    ...unless(operation, 'operation', entry.operation),
    ...unless(route, 'route', entry.route),
    ...unless(where.method, 'method', entry.method),
    ...unless(where.path, 'path', path),
    ...Object.entries(where.query ?? {}).flatMap(([name, wanted]) =>
      unless(wanted, `query parameter ${name}`, query?.get(name) ?? undefined, name),
    ),
    ...Object.entries(where.headers ?? {}).flatMap(([name, wanted]) =>
      unless(wanted, `header ${name}`, firstHeader(entry.requestHeaders, name.toLowerCase()), name),
    ),
    ...unless(where.status, 'status', String(entry.status)),
    ...outcomeDifference(entry, where.outcome),
  ]
}

function split(target: string): [string, string] {
  const at = target.indexOf('?')
  return at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)]
}

function outcomeDifference({ error, status }: JournalEntry, wanted: Where['outcome']): Difference[] {
  const isRefused = error !== undefined || status >= 400
  if (wanted === 'refused' && isRefused) return []
  return unless(wanted, 'outcome', isRefused ? (error ?? 'refused') : 'success')
}

/** How the body differs from the part that is wanted of it. */
export function bodyDifferences(entry: JournalEntry, wanted: unknown): Difference[] {
  if (wanted === undefined) return []
  const text = toText(entry.requestBody)
  try {
    return partDifferences(wanted, parseExact(text), 'body', 'body')
  } catch {
    const got = entry.isCut ? 'a body of which only the first 256 KiB are kept' : 'a body that is not JSON'
    return [{ place: 'body', name: 'body', expected: shown(wanted), got: text === '' ? undefined : got }]
  }
}

function partDifferences(wanted: unknown, got: unknown, place: string, name: string): Difference[] {
  if (isMatcher(wanted)) {
    const text = typeof got === 'object' || got === undefined ? undefined : String(got)
    return text === undefined
      ? [{ place, name, expected: shown(wanted), got: kindOf(got) }]
      : unless(wanted, place, text, name)
  }
  if (Array.isArray(wanted)) {
    if (!Array.isArray(got)) return [{ place, name, expected: 'a list', got: kindOf(got) }]
    if (got.length !== wanted.length) {
      return [{ place, name, expected: `a list of ${wanted.length}`, got: `a list of ${got.length}` }]
    }
    return wanted.flatMap((inner, at) => partDifferences(inner, got[at], `${place}[${at}]`, name))
  }
  if (wanted === null || typeof wanted !== 'object') {
    return wanted === got ? [] : [{ place, name, expected: String(wanted), got: kindOf(got) }]
  }
  if (typeof got !== 'object' || got === null || Array.isArray(got)) {
    return [{ place, name, expected: 'an object', got: kindOf(got) }]
  }
  const fields = got as Readonly<Record<string, unknown>>
  return Object.entries(wanted).flatMap(([key, inner]) => partDifferences(inner, fields[key], `${place}.${key}`, key))
}

function isMatcher(wanted: unknown): wanted is Matcher {
  if (['string', 'number', 'bigint', 'boolean'].includes(typeof wanted)) return true
  if (typeof wanted !== 'object' || wanted === null) return false
  const [[key, value] = [], ...others] = Object.entries(wanted)
  return others.length === 0 && (key === 'contains' || key === 'matches') && typeof value === 'string'
}

function unless(wanted: Matcher | undefined, place: string, got: string | undefined, name = place): Difference[] {
  if (wanted === undefined || (got !== undefined && fits(wanted, got))) return []
  return [{ place, name, expected: shown(wanted), got }]
}

function fits(wanted: Matcher, got: string): boolean {
  if (typeof wanted !== 'object') return String(wanted) === got
  return 'contains' in wanted ? got.includes(wanted.contains) : new RegExp(wanted.matches).test(got)
}

function kindOf(value: unknown): string | undefined {
  if (value === undefined) return undefined
  if (value === null) return 'null'
  if (Array.isArray(value)) return `a list of ${value.length}`
  return typeof value === 'object' ? 'an object' : String(value)
}

function shown(wanted: unknown): string {
  if (typeof wanted !== 'object' || wanted === null) return String(wanted)
  if ('contains' in wanted) return `a string that contains "${wanted.contains}"`
  if ('matches' in wanted) return `a string that matches /${wanted.matches}/`
  return Array.isArray(wanted) ? `a list of ${wanted.length}` : 'an object'
}
