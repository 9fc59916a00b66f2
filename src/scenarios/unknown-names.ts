import type { z } from 'zod'
import type { Operation } from '../spec/operation.ts'
import { nearest } from './nearest.ts'

/** A name that no page lists, and the one that is probably meant. */
export interface UnknownName {
  /** `department_id`, or the path of a field of a body: `userList[0].firstName`. */
  readonly path: string
  readonly meant: string | undefined
}

/** Names that the prose of the pages, or other APIs, suggest for one of this API. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  deptId: ['department_id', 'departmentid', 'dept', 'department'],
  offset: ['page', 'start', 'skip', 'pageno', 'pagenumber'],
  limit: ['size', 'count', 'per_page', 'pagesize'],
  pageSize: ['limit', 'size', 'count', 'per_page'],
  cursor: ['nextcursor', 'nextpagecursor', 'pagecursor', 'offset', 'page'],
  pageCursor: ['cursor', 'nextcursor', 'nextpagecursor'],
  keyWord: ['q', 'query', 'search', 'name'],
  userList: ['users', 'user_list', 'list', 'data', 'userinfolist'],
  firstname: ['name', 'first_name', 'givenname'],
  surname: ['lastname', 'last_name', 'familyname'],
  phone: ['mobile', 'phonenumber', 'phone_number', 'mobilephone', 'tel'],
  email: ['mail', 'e_mail', 'emailaddress'],
}

/** No name of the API is longer. */
const LONGEST = 100

/** The known name that an unknown one probably means: another spelling of it, or a usual word for the same. */
function meantBy(wrong: string, known: readonly string[]): string | undefined {
  if (wrong.length > LONGEST) return undefined
  const plain = wrong.toLowerCase()
  const letters = plain.replace(/[^a-z0-9]/g, '')
  const same = known.find((name) => name.toLowerCase() === letters)
  return same ?? known.find((name) => synonyms[name]?.includes(plain)) ?? nearest(wrong, known)
}

/** Names of a query that its operation does not have, each once. */
export function unknownQueryNames({ query }: Pick<Operation, 'query'>, target: string): UnknownName[] {
  const start = target.indexOf('?')
  if (start < 0 || query === undefined) return []
  const known = Object.keys(query.shape)
  const names = new Set([...new URLSearchParams(target.slice(start + 1)).keys()])
  const unknown = [...names].filter((name) => !known.includes(name))
  return unknown.map((path, index) => ({ path, meant: index < SHOWN ? meantBy(path, known) : undefined }))
}

/**
 * Fields of a body that its schema does not list; in a list, those of the first entry with such a field. The field that was
 * meant is looked up only for the few that are shown: a body may have a hundred thousand.
 */
export function unknownFields(schema: z.ZodType, value: unknown): UnknownName[] {
  // First of all: most values are neither. By its type, since `instanceof` of Zod takes longer than all the rest.
  if (typeof value !== 'object' || value === null) return []
  const { type } = schema.def
  if (type === 'optional') return unknownFields((schema as z.ZodOptional).unwrap() as z.ZodType, value)
  if (type === 'array') return Array.isArray(value) ? ofFirst((schema as z.ZodArray).element as z.ZodType, value) : []
  return type === 'object' ? ofObject((schema as z.ZodObject).shape, value) : []
}

function ofFirst(element: z.ZodType, list: readonly unknown[]): UnknownName[] {
  for (const [index, item] of list.entries()) {
    const found = unknownFields(element, item)
    if (found.length > 0) return found.map(({ path, meant }) => ({ path: join(`[${index}]`, path), meant }))
  }
  return []
}

function ofObject(shape: z.ZodRawShape, value: object): UnknownName[] {
  const unknown: UnknownName[] = []
  for (const key in value) {
    if (!Object.hasOwn(shape, key)) {
      unknown.push({ path: key, meant: unknown.length < SHOWN ? meantBy(key, Object.keys(shape)) : undefined })
      continue
    }
    const held = (value as Record<string, unknown>)[key]
    if (typeof held !== 'object') continue
    const inner = unknownFields(shape[key] as z.ZodType, held)
    for (const { path, meant } of inner) unknown.push({ path: join(key, path), meant })
  }
  return unknown
}

const join = (outer: string, inner: string): string => (inner.startsWith('[') ? outer + inner : `${outer}.${inner}`)

/** `department_id is not documented; did you mean deptId?` Empty without unknown names; of many the first three. */
export function explainUnknown(names: readonly UnknownName[]): string {
  const shown = names.slice(0, SHOWN).map(({ path, meant }) => {
    const name = PLAIN.test(path) ? path : `A name of ${path.length} characters`
    return `${name} is not documented${meant === undefined ? '' : `; did you mean ${meant}?`}`
  })
  const more = names.length - shown.length
  return (
    shown.map((text) => (text.endsWith('?') ? text : `${text}.`)).join(' ') + (more > 0 ? ` And ${more} more.` : '')
  )
}

const SHOWN = 3
/** What else a client may call a field is not repeated: it goes into headers, reports and logs. */
const PLAIN = /^[\w.[\]-]{1,100}$/
