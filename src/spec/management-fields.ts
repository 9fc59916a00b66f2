import { z } from 'zod'
import { documented, example, type Page, type Provenance } from './evidence.ts'
import { field, int64 } from './schemas.ts'

/** Ids of the service: up to 19 digits, as a string. */
export const idText = () => z.string().regex(/^[1-9][0-9]{0,18}$/, '1 to 19 digits that do not begin with 0')

/** A 64-bit id in a body: a JSON integer as the tables say, or its digits as a string. Neither loses a digit. */
export const idNumberOrText = () => z.union([int64, idText()], { error: 'an id of up to 19 digits' })

/**
 * One of a few numbers in a body, as a number or as its digits: tables and examples of the same page differ in the type.
 */
export const numberOrText = <const V extends readonly [number, ...number[]]>(values: V) =>
  z.union([z.literal([...values]), z.enum(values.map(String) as [string, ...string[]])], {
    error: `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`,
  })

/** A whole number of a body, as a number or as its digits. */
export const wholeNumberOrText = (min: number, max: number) =>
  z.union(
    [
      z.int().min(min).max(max),
      z
        .string()
        .regex(/^(?:0|[1-9][0-9]{0,8})$/, `a whole number from ${min} to ${max}`)
        .refine((digits) => Number(digits) >= min && Number(digits) <= max, `a whole number from ${min} to ${max}`),
    ],
    { error: `a whole number from ${min} to ${max}` },
  )

/** The two fields every management answer has, with their provenance on a page. */
export const managementEnvelope = (
  page: Page,
  codeFrom: Provenance = documented(page, 'answer table'),
): { code: z.ZodInt; msg: z.ZodString } => ({
  code: field(z.int(), '0 for success, otherwise an error code.', codeFrom),
  msg: field(
    z.string(),
    'Text for people, in the language of the `language` header.',
    documented(page, 'answer table'),
  ),
})

/** `code` where the table says String and the example prints a number. */
export const numberInExample = (page: Page): Provenance => example(page, 'example; the table says String')

/** Path parameter that names a user. */
export const userIdParameter = (page: Page) => ({
  userId: field(idText(), 'KooDrive id of the user: `id` of listUsers.', documented(page, 'path parameter')),
})

/** Path parameter that names a department. */
export const departmentIdParameter = (page: Page) => ({
  department_id: field(
    idText(),
    'KooDrive id of the department: `id` of listDepartments.',
    documented(page, 'path parameter'),
  ),
})

/** Path parameter that names the owner of a space. */
export const ownerIdParameter = (page: Page) => ({
  ownerId: field(
    idText(),
    'KooDrive id of the department (type 0) or the user (type 1) that owns the space.',
    documented(page, 'path parameter'),
  ),
})
