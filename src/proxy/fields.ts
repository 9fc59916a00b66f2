import { z } from 'zod'
import { isSecretName } from '../shared/secret-fields.ts'
import { errors } from '../spec/errors.ts'
import type { Operation } from '../spec/operation.ts'
import { operations } from '../spec/operations.ts'

/** What a field or parameter holds: a value of a closed form, text for people, or something about somebody. */
export type FieldKind =
  | 'closed'
  | 'prose'
  | 'phone'
  | 'email'
  | 'name'
  | 'id'
  | 'cursor'
  | 'time'
  | 'password'
  | 'token'

/** The forms that the description gives a field, over all operations that have one of the name. */
interface Forms {
  isText: boolean
  isInteger: boolean
  readonly words: Set<string>
  readonly patterns: RegExp[]
}

/** Names that the service is known to write besides those of the pages. */
const otherNames = ['error_code', 'error_msg', 'request_id', 'access_token', 'nextCursor', 'data', 'mobile', 'list']

/** The description of the API as far as a recording needs it. Made once, when the first exchange is written down. */
const documented: Map<string, Forms> = new Map()

function forms(): ReadonlyMap<string, Forms> {
  if (documented.size > 0) return documented
  for (const name of otherNames) formsOf(name)
  for (const { params, query, body, response } of operations as readonly Operation[]) {
    for (const schema of [params, query, body, response]) {
      if (schema !== undefined) collect('', z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }))
    }
  }
  return documented
}

function formsOf(name: string): Forms {
  const known = documented.get(name) ?? { isText: false, isInteger: false, words: new Set(), patterns: [] }
  documented.set(name, known)
  return known
}

type JsonSchema = Readonly<Record<string, unknown>>

function collect(name: string, schema: JsonSchema): void {
  const { properties, items, $defs, anyOf = [], allOf = [], oneOf = [] } = schema as Record<string, never>
  for (const [key, one] of Object.entries((properties ?? {}) as Record<string, JsonSchema>)) collect(key, one)
  for (const one of Object.values(($defs ?? {}) as Record<string, JsonSchema>)) collect('', one)
  for (const one of [...(anyOf as JsonSchema[]), ...(allOf as JsonSchema[]), ...(oneOf as JsonSchema[])])
    collect(name, one)
  if (items !== undefined) collect(name, items)
  if (name === '') return
  const known = formsOf(name)
  const { type, pattern, enum: values = [], const: constant } = schema
  if (type === 'integer' || type === 'number') known.isInteger = true
  const words = [...(values as unknown[]), ...(constant === undefined ? [] : [constant])]
  for (const word of words) known.words.add(String(word))
  if (type !== 'string' || words.length > 0) return
  if (typeof pattern === 'string') known.patterns.push(new RegExp(pattern, 'u'))
  else known.isText = true
}

/** Whether the description of any operation has the name: no secret and no person is called so. */
export const isDocumentedName = (name: string): boolean => forms().has(name)

/** Integers of up to so many digits are counts, offsets and flags; longer ones could be a phone, an id or a size. */
const LONGEST_COUNT = 6
const codes: ReadonlySet<string> = new Set(Object.values(errors).map(({ code }) => String(code)))
/** The ranges in which the service numbers its errors (Returned Values): 13000xxx and 40000xxx. */
const CODE = /^(?:13|40)000\d{3}$/

/** Whether a value has the closed form that the description gives its field, and so says nothing about anybody. */
export function hasClosedForm(name: string, value: string): boolean {
  const form = forms().get(name)
  if (form === undefined) return false
  if (form.words.has(value)) return true
  if (name === 'code' || name === 'error_code') return codes.has(value) || CODE.test(value) || /^\d{1,4}$/.test(value)
  const isCount = /^-?\d+$/.test(value) && value.replace('-', '').length <= LONGEST_COUNT
  return isCount && (form.isInteger || form.patterns.some((pattern) => pattern.test(value)))
}

const prose = new Set(['msg', 'error_msg', 'reason', 'message'])

/** The kind that a name tells; a field with an unknown name holds something about somebody. */
export function kindOfField(name: string): FieldKind {
  if (prose.has(name)) return 'prose'
  if (/passw|pwd/i.test(name)) return 'password'
  if (isSecretName(name)) return 'token'
  if (/phone|mobile|^tel/i.test(name)) return 'phone'
  if (/e-?mail/i.test(name)) return 'email'
  if (/cursor$/i.test(name)) return 'cursor'
  if (/ids?$/i.test(name) || name === 'data') return 'id'
  const form = forms().get(name)
  if (form !== undefined && /(?:time|date|at)$/i.test(name)) return 'time'
  return form === undefined || form.isText ? 'name' : 'closed'
}

const personal: ReadonlySet<FieldKind> = new Set(['phone', 'email', 'name', 'password', 'token'])

/** Whether two people, or two runs, differ in such a field though they do the same. */
export const isPersonal = (name: string): boolean => personal.has(kindOfField(name))

/** Headers whose names are written down; others could be called after somebody. */
const standardHeaders: ReadonlySet<string> = new Set([
  ...[
    'accept',
    'accept-charset',
    'accept-encoding',
    'accept-language',
    'accept-ranges',
    'age',
    'allow',
    'authorization',
  ],
  ...['cache-control', 'connection', 'content-disposition', 'content-encoding', 'content-language', 'content-length'],
  ...[
    'content-range',
    'content-security-policy',
    'content-type',
    'cookie',
    'date',
    'etag',
    'expect',
    'expires',
    'forwarded',
  ],
  ...['from', 'host', 'if-match', 'if-modified-since', 'if-none-match', 'keep-alive', 'language', 'last-modified'],
  ...['link', 'location', 'origin', 'pragma', 'proxy-authenticate', 'proxy-authorization', 'range', 'referer'],
  ...[
    'referrer-policy',
    'retry-after',
    'sec-fetch-dest',
    'sec-fetch-mode',
    'sec-fetch-site',
    'sec-fetch-user',
    'server',
  ],
  ...['set-cookie', 'strict-transport-security', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'user-agent', 'vary'],
  ...['via', 'warning', 'www-authenticate', 'x-content-type-options', 'x-date', 'x-forwarded-for', 'x-forwarded-host'],
  ...['x-forwarded-proto', 'x-frame-options', 'x-request-id', 'x-traceid', 'x-user-id', 'x-xss-protection'],
  ...['x-mock-diagnosis', 'x-mock-fault', 'x-mock-request-id', 'x-mock-rule', 'x-sdk-content-sha256', 'x-auth-token'],
])
export const isStandardHeader = (lowerName: string): boolean => standardHeaders.has(lowerName)

const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/
const MEDIA_TYPE =
  /^(?:\*\/\*|(?:application|text)\/(?:\*|json|xml|html|plain|problem\+json|octet-stream|x-www-form-urlencoded))$/
const CHARSET = /^charset="?(?:utf-8|us-ascii|iso-8859-1|gbk|gb2312|gb18030)"?$/i
const METHODS = /^(?:(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)(?:, ?|$))+$/

/** The forms in which a header says nothing about anybody; in any other its value is replaced. */
const headerForms: Readonly<Record<string, (value: string) => boolean>> = {
  accept: (value) => value.split(/\s*,\s*/).every(isMediaType),
  'content-type': isMediaType,
  date: (value) => HTTP_DATE.test(value),
  'x-date': (value) => /^\d{8}T\d{6}Z$/.test(value),
  'retry-after': (value) => /^\d{1,5}$/.test(value) || HTTP_DATE.test(value),
  allow: (value) => METHODS.test(value),
  language: (value) => /^(?:en|zh)(?:[-_](?:US|CN))?$/i.test(value),
  host: (value) => /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i.test(value),
  'content-length': (value) => /^\d{1,9}$/.test(value),
  'x-content-type-options': (value) => value === 'nosniff',
}

function isMediaType(value: string): boolean {
  const [type = '', ...parameters] = value
    .trim()
    .toLowerCase()
    .split(/\s*;\s*/)
  return MEDIA_TYPE.test(type) && parameters.every((one) => CHARSET.test(one) || /^q=[01](?:\.\d{1,3})?$/.test(one))
}

/** Whether a header is written down as it is. */
export const isPlainHeader = (lowerName: string, value: string): boolean => headerForms[lowerName]?.(value) ?? false
