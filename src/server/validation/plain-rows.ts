import { z } from 'zod'

/**
 * Reads a JSON body that is one list of flat records of texts, as a batch of users is; undefined when it is anything but
 * plain: another form, a value that is not allowed, an escaped character, a key that is unknown or given twice. Whoever
 * calls then parses and validates step by step, which also says what is wrong.
 */
export type PlainRowsReader = (text: string) => object | undefined

interface Field {
  /** Pattern of the values that the field takes. */
  readonly pattern: string
  readonly isRequired: boolean
}

const SPACE = '[ \\t\\n\\r]*'
const CHARACTER = '[^"\\\\\\x00-\\x1f]'
const LAYOUTS_KEPT = 16
const KEY = new RegExp(`${SPACE}"(${CHARACTER}*)"${SPACE}:${SPACE}"${CHARACTER}*"${SPACE}([,}])`, 'y')

/**
 * A reader by regular expressions, one for each order of keys that comes: they find a thousand records in a quarter of the
 * time that parsing and validating takes. Undefined for a schema of another form.
 */
export function compilePlainRows(schema: z.ZodObject): PlainRowsReader | undefined {
  if (!isOpenObject(schema)) return undefined
  const [entry, ...others] = Object.entries(schema.shape as Record<string, z.ZodType>)
  if (entry === undefined || others.length > 0 || !(entry[1] instanceof z.ZodArray)) return undefined
  const [listName, list] = entry
  const size = boundsOf(list)
  const fields = size && fieldsOf(list.element as z.ZodType)
  if (fields === undefined || size === undefined) return undefined

  const head = new RegExp(`${SPACE}\\{${SPACE}"${listName}"${SPACE}:${SPACE}\\[`, 'y')
  const tail = new RegExp(`${SPACE}\\}${SPACE}$`, 'y')
  const layouts = new Map<string, RegExp>()

  return (text) => {
    if (match(head, text, 0) === null) return undefined
    let at = head.lastIndex
    let layout: RegExp | undefined
    const records: object[] = []
    for (let isLast = false; !isLast; ) {
      let found = layout && match(layout, text, at)
      if (!found) {
        layout = layoutAt(text, at, fields, layouts)
        found = layout && match(layout, text, at)
      }
      if (!layout || !found || records.length === size.max) return undefined
      records.push(found.groups as object)
      at = layout.lastIndex
      isLast = found.at(-1) === ']'
    }
    if (records.length < size.min || match(tail, text, at) === null) return undefined
    return { [listName]: records }
  }
}

function fieldsOf(schema: z.ZodType): ReadonlyMap<string, Field> | undefined {
  if (!isOpenObject(schema)) return undefined
  const fields = new Map<string, Field>()
  for (const [name, field] of Object.entries(schema.shape as Record<string, z.ZodType>)) {
    const isRequired = !(field instanceof z.ZodOptional)
    const text = isRequired ? field : field.unwrap()
    const bounds = text instanceof z.ZodString ? boundsOf(text) : undefined
    if (bounds === undefined || !/^\w+$/.test(name)) return undefined
    fields.set(name, { pattern: CHARACTER + repeated(bounds), isRequired })
  }
  return fields
}

/** How often a character comes; the short forms are the fast ones. */
function repeated({ min, max }: { min: number; max: number }): string {
  if (max !== Number.POSITIVE_INFINITY) return `{${min},${max}}`
  return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`
}

/** An object of which nothing is asked but its fields. */
const isOpenObject = (schema: z.ZodType): schema is z.ZodObject =>
  schema instanceof z.ZodObject && schema.def.catchall === undefined && !schema.def.checks?.length

/** The bounds of a length; undefined when anything else is asked. */
function boundsOf(schema: z.ZodArray | z.ZodString): { min: number; max: number } | undefined {
  if ('format' in schema.def || 'coerce' in schema.def) return undefined
  let [min, max] = [0, Number.POSITIVE_INFINITY]
  for (const { _zod } of schema.def.checks ?? []) {
    const { def } = _zod
    if (def.check === 'min_length') min = (def as z.core.$ZodCheckMinLengthDef).minimum
    else if (def.check === 'max_length') max = (def as z.core.$ZodCheckMaxLengthDef).maximum
    else return undefined
  }
  return { min, max }
}

/** What finds records with the keys, in the order, of the one that begins here; undefined when a key is out of place. */
function layoutAt(
  text: string,
  from: number,
  fields: ReadonlyMap<string, Field>,
  known: Map<string, RegExp>,
): RegExp | undefined {
  const names: string[] = []
  let at = text.indexOf('{', from) + 1
  for (let isLast = at === 0; !isLast; at = KEY.lastIndex) {
    const [, name = '', end] = match(KEY, text, at) ?? []
    if (!fields.has(name) || names.includes(name)) return undefined
    names.push(name)
    isLast = end === '}'
  }
  for (const [name, { isRequired }] of fields) if (isRequired && !names.includes(name)) return undefined
  const key = names.join()
  const layout = known.get(key) ?? toLayout(names, fields)
  if (known.size < LAYOUTS_KEPT) known.set(key, layout)
  return layout
}

/** A record as named groups, and behind it, as the last group, what ends it. */
function toLayout(names: readonly string[], fields: ReadonlyMap<string, Field>): RegExp {
  const entry = (name: string) => `${SPACE}"${name}"${SPACE}:${SPACE}"(?<${name}>${fields.get(name)?.pattern})"${SPACE}`
  return new RegExp(`${SPACE}\\{${names.map(entry).join(',')}\\}${SPACE}([,\\]])`, 'y')
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
