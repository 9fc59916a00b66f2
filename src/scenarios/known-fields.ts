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
