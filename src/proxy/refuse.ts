import { ClientGoneError } from '../server/http/read-body.ts'
import { Refusal } from '../server/refusal.ts'
import { headerText, printable } from '../shared/escape.ts'
import { protectiveHeaders } from '../shared/headers.ts'
import { type ErrorName, errorEntry } from '../spec/errors.ts'

/** An answer of our own, in the shape of the service. */
export function refuse(name: ErrorName, diagnosis: string): Response {
  const { code, status, message } = errorEntry(name)
  return new Response(JSON.stringify({ code, msg: message['en-US'] }), {
    status,
    headers: {
      'Content-Type': 'application/json;charset=UTF-8',
      'X-Mock-Diagnosis': headerText(diagnosis),
      ...Object.fromEntries(protectiveHeaders),
    },
  })
}

/** Journalled when the client hung up before the answer, as web servers do. */
const CLIENT_GONE_STATUS = 499

/**
 * The answer to a request whose body could not be read.
 *
 * @throws what nobody expected.
 */
export function refuseBody(error: unknown): Response {
  if (error instanceof ClientGoneError) return new Response(null, { status: CLIENT_GONE_STATUS })
  if (error instanceof Refusal) return refuse(error.error, error.options.detail)
  throw error
}

/** The answer to what nobody expected, whose stack is written to standard error. */
export function failed(error: Error): Response {
  const stack = (error.stack ?? String(error)).split('\n').map(printable).join('\n')
  process.stderr.write(`koodrive-mock failed; please report this: ${stack}\n`)
  return refuse('internalError', 'The mock itself failed; its log has the cause. Please report it.')
}
