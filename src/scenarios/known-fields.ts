import { z } from 'zod'

/**
 * The fields that an object takes at a path of an input, as its schema has them. Where a value may take several forms,
 * the form that its own fields point to decides; when none does, the fields of all forms are named.
 */
export function knownFields(schema: z.ZodType, input: unknown, path: readonly PropertyKey[]): string[] {
  const fields = formsAt(schema, input, path).flatMap((form) => {
    if (form instanceof z.ZodRecord && form.keyType instanceof z.ZodEnum) return form.keyType.options.map(String)
    return form instanceof z.ZodObject ? Object.keys(form.shape) : []
  })
  return [...new Set(fields)]
}

/** The words among which a field chooses the form of its object, such as the kind of a fault. */
export function knownWords(schema: z.ZodType, input: unknown, path: readonly PropertyKey[]): string[] {
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

/** The known name that differs least from a wrong one; undefined when none is near. */
export function nearest(wrong: string, known: readonly string[]): string | undefined {
  const distances = known.map((name) => ({ name, distance: distanceOf(wrong.toLowerCase(), name.toLowerCase()) }))
  const best = distances.sort((a, b) => a.distance - b.distance)[0]
  return best !== undefined && best.distance <= Math.max(2, Math.floor(best.name.length / 3)) ? best.name : undefined
}

/** Letters to insert, delete or replace from one word to the other. */
function distanceOf(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const line = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      line.push(Math.min(replaced, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1))
    }
    above = line
  }
  return above[b.length] ?? 0
}
