import { z } from 'zod'
import { nearest } from './nearest.ts'

const SHOWN = 60
/** Marks a message that only lacks what came. */
const UNFIT = 'expected '
/** Fields whose values may be secrets; they are not repeated. */
const SECRET = /secret|token|password/i

/** A mistake in an input: where it is, and what came instead of what. */
interface Mistake {
  /** Keys from the top of the input to the mistake. */
  readonly keys: readonly PropertyKey[]
  /** The same in one text: `batch.rules[0].outcome`; empty for the input itself. */
  readonly path: string
  /** What came, what is allowed and, for a misspelt field, which was meant. A sentence without the path. */
  readonly detail: string
  /** The allowed values or fields, when they can be listed. */
  readonly allowed?: readonly string[]
}

/** The first mistake that a schema finds in an input. */
export function explainMistake(schema: z.ZodType, error: z.ZodError, input: unknown): Mistake {
  const issue = orMisspelt(nearestIssue(error.issues[0] as z.core.$ZodIssue), schema, input)
  const value = valueAt(input, issue.path)
  const base = { keys: issue.path, path: toPath(issue.path) }
  const oneOf = (found: string, wrong: unknown, allowed: readonly string[]): Mistake => {
    const meant = typeof wrong === 'string' ? nearest(wrong, allowed) : undefined
    const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`
    return { ...base, detail: `${found}.${hint} Allowed: ${allowed.join(', ')}.`, allowed }
  }
  const shown = SECRET.test(String(issue.path.at(-1))) ? 'another value' : toShown(value)
  const isForObject =
    (issue.code === 'invalid_type' && issue.expected === 'object') ||
    (issue.code === 'custom' && issue.message === `${UNFIT}${words['object']}`)
  const fields = isForObject && issue.path.length > 0 ? knownFields(schema, input, issue.path).join(', ') : ''
  const which = fields === '' ? '' : ` with ${fields}`
  switch (issue.code) {
    case 'unrecognized_keys': {
      const [wrong = ''] = issue.keys
      return oneOf(`there is no field "${brief(wrong)}"`, wrong, knownFields(schema, input, issue.path))
    }
    case 'invalid_key': {
      const wrong = String(issue.path.at(-1))
      const allowed = issue.issues.flatMap((inner) => (inner.code === 'invalid_value' ? inner.values.map(String) : []))
      return oneOf(`there is no "${brief(wrong)}"`, wrong, allowed)
    }
    case 'invalid_value':
      return oneOf(value === undefined ? 'it is missing' : `it does not take ${shown}`, value, [
        ...new Set(issue.values.map(String)),
      ])
    case 'invalid_union':
      if (issue.errors.length > 0) break
      return oneOf(
        value === undefined ? 'it is missing' : `it does not take ${shown}`,
        value,
        knownWords(schema, input, issue.path),
      )
    case 'custom':
      if (!issue.message.startsWith(UNFIT)) return { ...base, detail: issue.message }
      return { ...base, detail: `${issue.message}${which}, got ${shown}.` }
  }
  return { ...base, detail: `expected ${expected(issue)}${which}, got ${shown}.` }
}

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], input)

/** Of a field that is missing because it is misspelt, the name that it was given. */
function orMisspelt(issue: z.core.$ZodIssue, schema: z.ZodType, input: unknown): z.core.$ZodIssue {
  const path = issue.path.slice(0, -1)
  const object = valueAt(input, path)
  if (issue.path.length === 0 || valueAt(input, issue.path) !== undefined) return issue
  if (typeof object !== 'object' || object === null) return issue
  const known = knownFields(schema, input, path)
  const wrong = Object.keys(object).find((key) => !known.includes(key) && nearest(key, known) === issue.path.at(-1))
  return wrong === undefined
    ? issue
    : { code: 'unrecognized_keys', keys: [wrong], path, input: object as Record<string, unknown>, message: '' }
}

/** `batch.rules[0].outcome` */
const toPath = (keys: readonly PropertyKey[]): string =>
  keys.reduce<string>(
    (text, key) => text + (typeof key === 'number' ? `[${key}]` : `${text === '' ? '' : '.'}${brief(String(key))}`),
    '',
  )

/** Of the forms that a value may have, the issue of the one that it comes nearest to. */
function nearestIssue(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue
  const atRoot = ({ path, code }: z.core.$ZodIssue) => path.length === 0 && code === 'invalid_type'
  const possible = issue.errors.filter(([first]) => first !== undefined && !atRoot(first))
  // Of a word among others and an object, whoever gives an object means the object.
  const isWord = ([first]: readonly z.core.$ZodIssue[]) => first?.code === 'invalid_value' && first.path.length === 0
  const shaped = possible.filter((issues) => !isWord(issues))
  const fitting = shaped.length > 0 ? shaped : possible
  if (fitting.length === 0) {
    const forms = issue.errors.flatMap(([first]) => (first === undefined ? [] : [expected(first)]))
    return { ...issue, code: 'custom', message: `${UNFIT}${[...new Set(forms)].join(' or ')}` }
  }
  const unknownOf = (issues: readonly z.core.$ZodIssue[]) =>
    issues.find(({ code, path }) => code === 'unrecognized_keys' && path.length === 0)
  const strangers = (issues: readonly z.core.$ZodIssue[]) => {
    const unknown = unknownOf(issues)
    return unknown?.code === 'unrecognized_keys' ? unknown.keys.length : 0
  }
  const nearestForm = fitting.reduce((a, b) => (strangers(b) < strangers(a) ? b : a))
  const chosen = unknownOf(nearestForm) ?? nearestForm[0]
  if (chosen === undefined) return issue
  const inner = nearestIssue(chosen)
  return { ...inner, path: [...issue.path, ...inner.path] }
}

function toShown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'bigint') return `${value}`
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value)
  return brief(text)
}

/** As much of a string as a message takes. */
export const brief = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text)

const words: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

function expected(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return words[issue.expected] ?? issue.expected
    case 'too_small':
      return `${sized(issue.origin)}${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unit(issue.origin)}`
    case 'too_big':
      return `${sized(issue.origin)}at most ${issue.maximum}${unit(issue.origin)}`
    case 'invalid_format':
      return issue.format === 'regex' ? issue.message : `a ${issue.format}`
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`
    default:
      return issue.message
  }
}

const sized = (origin: string): string =>
  origin === 'array' ? 'a list of ' : origin === 'string' ? 'a string of ' : 'a number of '
const unit = (origin: string): string => (origin === 'array' ? ' entries' : origin === 'string' ? ' characters' : '')

/**
 * The fields that an object takes at a path of an input, as its schema has them. Where a value may take several forms,
 * the form that its own fields point to decides; when none does, the fields of all forms are named.
 */
function knownFields(schema: z.ZodType, input: unknown, path: readonly PropertyKey[]): string[] {
  const fields = formsAt(schema, input, path).flatMap((form) => {
    if (form instanceof z.ZodRecord && form.keyType instanceof z.ZodEnum) return form.keyType.options.map(String)
    return form instanceof z.ZodObject ? Object.keys(form.shape) : []
  })
  return [...new Set(fields)]
}

/** The words among which a field chooses the form of its object, such as the kind of a fault. */
function knownWords(schema: z.ZodType, input: unknown, path: readonly PropertyKey[]): string[] {
  const words = formsAt(schema, input, path).flatMap((form) => (form instanceof z.ZodLiteral ? [...form.values] : []))
  return [...new Set(words.map(String))]
}

function formsAt(schema: z.ZodType, input: unknown, path: readonly PropertyKey[]): z.ZodType[] {
  let forms = formsOf(schema, input)
  let value = input
  for (const key of path) {
    value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key]
    forms = forms.flatMap((form) => childOf(form, key)).flatMap((child) => formsOf(child, value))
  }
  return forms
}

function childOf(form: z.ZodType, key: PropertyKey): z.ZodType[] {
  if (form instanceof z.ZodObject) return Object.hasOwn(form.shape, key) ? [form.shape[String(key)] as z.ZodType] : []
  if (form instanceof z.ZodArray) return [form.element as z.ZodType]
  return form instanceof z.ZodRecord ? [form.valueType as z.ZodType] : []
}

/** A schema without its wrappers, once for each form that the value may have. */
function formsOf(schema: z.ZodType, value: unknown): z.ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return formsOf(schema.unwrap() as z.ZodType, value)
  }
  if (!(schema instanceof z.ZodUnion)) return [schema]
  const forms = (schema.options as z.ZodType[]).flatMap((option) => formsOf(option, value))
  const named = forms.filter((form) => isNamedBy(form, value))
  return named.length > 0 ? named : forms
}

/** Whether a value carries a word, such as the kind of a fault, that only this form takes. */
const isNamedBy = (form: z.ZodType, value: unknown): boolean =>
  form instanceof z.ZodObject &&
  Object.entries(form.shape).some(
    ([key, field]) =>
      field instanceof z.ZodLiteral && field.values.has((value as Record<string, never> | null)?.[key] as never),
  )
