import type { z } from 'zod'
import { isSecretName } from '../../shared/secret-fields.ts'

const SHOWN = 60

/** What came, in words: the value itself, unless the name of its field says that it may be a secret. */
function shown(value: unknown, name: string): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'string') return shownText(value, name)
  if (typeof value === 'object') return 'an object'
  return `${typeof value === 'boolean' ? 'the boolean' : 'the number'} ${String(value).slice(0, SHOWN)}`
}

function shownText(text: string, name: string): string {
  if (text === '') return 'an empty string'
  if (isSecretName(name)) return `a string of ${text.length} characters`
  const start = [...text].slice(0, SHOWN).join('')
  return start === text ? JSON.stringify(text) : `${JSON.stringify(start)}, cut from ${text.length} characters`
}

const articles: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'an integer',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}

function expected(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return articles[issue.expected] ?? issue.expected
    case 'invalid_union':
      return issue.message
    case 'too_small':
      return `${sized(issue.origin)}at least ${issue.minimum}${unit(issue.origin, issue.minimum)}`
    case 'too_big':
      return `${sized(issue.origin)}at most ${issue.maximum}${unit(issue.origin, issue.maximum)}`
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(' or ')
    case 'invalid_format':
      return issue.format === 'regex' ? ofForm(issue.message) : `a ${issue.format}`
    case 'unrecognized_keys':
      return `no field ${issue.keys.join(', ')}`
    default:
      return issue.message
  }
}

/** What a pattern takes, in the words that the schema has for it: nobody should have to read the pattern. */
const ofForm = (words: string): string => (words.startsWith('Invalid') ? 'a string of another form' : words)

const sized = (origin: string): string =>
  origin === 'array' ? 'a list of ' : origin === 'string' ? 'a string of ' : ''
const unit = (origin: string, count: number | bigint): string => {
  if (origin === 'array') return Number(count) === 1 ? ' entry' : ' entries'
  return origin === 'string' ? ` character${Number(count) === 1 ? '' : 's'}` : ''
}

/**
 * The first problem of an input: where it is, and what came instead of what. When it is a field that is missing, with the
 * others that the same object lacks.
 */
export function explainIssue(error: z.ZodError, input: unknown): { path: string; detail: string } {
  const issue = error.issues[0] as z.core.$ZodIssue
  const value = valueAt(input, issue.path)
  if (issue.path.length === 0) {
    return { path: 'body', detail: `The body: expected ${expected(issue)}, got ${shown(value, '')}.` }
  }
  const path = toText(issue.path)
  if (value !== undefined) {
    return { path, detail: `${path}: expected ${expected(issue)}, got ${shown(value, nameOf(issue.path))}.` }
  }
  const object = toText(issue.path.slice(0, -1))
  const missing = error.issues
    .filter((other) => toText(other.path.slice(0, -1)) === object && valueAt(input, other.path) === undefined)
    .map((other) => toText(other.path))
  if (missing.length === 1) return { path, detail: `${path} is missing: expected ${expected(issue)}.` }
  return { path, detail: `${missing.join(', ')} are missing: expected a value for each.` }
}

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], input)

const toText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => text + (typeof key === 'number' ? `[${key}]` : text === '' ? String(key) : `.${String(key)}`),
    '',
  )

/** The name of the field that a path ends in. */
const nameOf = (path: readonly PropertyKey[]): string => String(path.findLast((key) => typeof key === 'string') ?? '')
