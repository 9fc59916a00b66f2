import { z } from 'zod'
import { isRecord } from '../shared/json.ts'
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
export const unknownFields = (schema: z.ZodType, value: unknown): readonly UnknownName[] =>
  (finderOf(schema)?.(value) ?? NONE).map(({ path, meant }) => ({ path: path.replace(/^\./, ''), meant }))

const NONE: readonly UnknownName[] = []

/** Finds the fields of a value that its schema does not list; a path begins with its dot, or with the index in a list. */
type Finder = (value: unknown) => readonly UnknownName[]

const finders = new WeakMap<z.ZodType, Finder | undefined>()

/** The finder of a schema, made once: to ask Zod for the fields of each of a thousand rows takes longer than all the rest. */
function finderOf(schema: z.ZodType): Finder | undefined {
  if (!finders.has(schema)) finders.set(schema, makeFinder(schema))
  return finders.get(schema)
}

function makeFinder(schema: z.ZodType): Finder | undefined {
  if (schema instanceof z.ZodOptional) return finderOf(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodArray) return ofFirst(finderOf(schema.element as z.ZodType))
  return schema instanceof z.ZodObject ? ofObject(schema.shape) : undefined
}

function ofFirst(find: Finder | undefined): Finder | undefined {
  if (find === undefined) return undefined
  return (list) => {
    if (!Array.isArray(list)) return NONE
    let found = NONE
    const index = list.findIndex((item) => {
      found = find(item)
      return found.length > 0
    })
    return found.map(({ path, meant }) => ({ path: `[${index}]${path}`, meant }))
  }
}

function ofObject(shape: z.ZodRawShape): Finder {
  /** Null for a field that has none of its own. */
  const fields = new Map(Object.entries(shape).map(([name, field]) => [name, finderOf(field as z.ZodType) ?? null]))
  const known = [...fields.keys()]
  return (value) => {
    if (!isRecord(value)) return NONE
    const unknown: UnknownName[] = []
    for (const key in value) {
      const find = fields.get(key)
      if (find === undefined) {
        unknown.push({ path: `.${key}`, meant: unknown.length < SHOWN ? meantBy(key, known) : undefined })
      } else if (find !== null) {
        for (const { path, meant } of find(value[key])) unknown.push({ path: `.${key}${path}`, meant })
      }
    }
    return unknown
  }
}

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
