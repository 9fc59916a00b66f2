import { z } from 'zod'
import { errorChoices } from '../spec/errors.ts'

/** Characters of a message and of a code that a scenario or a fault makes up. */
const LONGEST = { msg: 1000, code: 64 } as const

const choice = () => z.literal(errorChoices)
const ownCode = () => z.union([z.int().min(0), z.string().min(1).max(LONGEST.code)])
const ownMessage = () => z.string().max(LONGEST.msg)

/** HTTP statuses that an error may have: those of errors, and 200 for services that hide one in the envelope. */
const isErrorStatus = (status: number): boolean => status === 200 || (status >= 400 && status <= 599)

/** The error of a row: a row of the error table, or one made up. */
export const rowError = () =>
  z
    .union([choice(), z.strictObject({ code: ownCode(), msg: ownMessage() })])
    .describe('Error of a failed row: a name or a code of the error table, or {code, msg} of your own.')

/** What a fault of the kind `error` answers: `error` alone, or `status` with `code` and `msg`. */
export const errorFaultShape = () => ({
  error: choice()
    .optional()
    .describe('A row of the error table by its name or code, answered as the service answers it; or give status.'),
  status: z
    .int()
    .min(200)
    .max(599)
    .refine(isErrorStatus, 'expected 200, or a number from 400 to 599')
    .optional()
    .describe('HTTP status: 400 to 599, or 200 with a code that is not 0.'),
  code: ownCode()
    .optional()
    .describe('With status: code of the envelope; a number follows the reading code-type. The status when absent.'),
  msg: ownMessage().optional().describe('With status: msg of the envelope; that of the status when absent.'),
})

/** What a fault answers must be said once: by a row of the table, or field by field. */
export function checkErrorFault(fault: object, context: z.RefinementCtx): void {
  const found = contradiction(fault)
  if (found !== undefined) context.addIssue({ code: 'custom', path: [found.field], message: found.message })
}

function contradiction(fault: object): { field: string; message: string } | undefined {
  const { kind, error, status, code, msg } = fault as Partial<Record<string, unknown>>
  if (kind !== 'error') return undefined
  if (error === undefined && status === undefined) {
    const message =
      'it is missing: give error, a name or code of the error table such as "resourceNotFound", or status with code and msg of your own.'
    return { field: 'error', message }
  }
  if (error !== undefined) {
    const extra = ['status', 'code', 'msg'].find((_, index) => [status, code, msg][index] !== undefined)
    const message = 'it does not go with error, whose row says it. Give error alone, or status, code and msg.'
    return extra === undefined ? undefined : { field: extra, message }
  }
  if (status !== 200 || (code !== undefined && String(code) !== '0')) return undefined
  return { field: 'code', message: 'with status 200 a code that is not 0 makes the error: give one such as 13000102.' }
}
