import { stringify as stringifyLossless } from 'lossless-json'
import { errorEntry } from '../../spec/errors.ts'
import { type Language, languages } from '../../spec/languages.ts'
import type { Operation } from '../../spec/operation.ts'
import type { Readings } from '../../spec/readings.ts'
import type { Refusal } from '../refusal.ts'

/** An answer of the service before it becomes a Response. */
export interface Answer {
  readonly status: number
  readonly body: string
  /** Whether it is kept, to be given again as long as it holds. */
  readonly isKept?: boolean
  /** The body as bytes: of a long one that is kept. A short one goes out faster as text, together with the headers. */
  readonly bytes?: Uint8Array<ArrayBuffer>
  readonly headers: Readonly<Record<string, string>>
}

/** A success of an operation in the dialect of the readings. */
export function successAnswer(
  operation: Operation,
  data: Record<string, unknown>,
  readings: Readings,
  language: Language,
): Answer {
  const msg =
    readings['success-message'] === 'success' && language === languages[0]
      ? 'success'
      : operation.successMessage[language]
  const body = { ...data, code: readings['code-type'] === 'number' ? 0 : '0', msg }
  const text = readings['space-dept-id-type'] === 'number' ? stringifyLossless(body) : JSON.stringify(body)
  return { status: 200, body: text ?? '', headers: {} }
}

/** A refusal in the dialect of the readings. */
export function refusalAnswer(
  { error, options: { values = [], headers = {} } }: Refusal,
  readings: Readings,
  language: Language,
  requestId: string,
): Answer {
  const { code, status, message, statusReading } = errorEntry(error)
  const msg = message[language].replace(/\{(\d)\}/g, (_, index) => values[Number(index)] ?? '')
  const body =
    error === 'unauthorized' && readings['auth-failure-body'] === 'gateway'
      ? { error_code: 'APIGW.0301', error_msg: `Incorrect authentication information: ${msg}`, request_id: requestId }
      : { code: readings['code-type'] === 'number' ? code : String(code), msg }
  return {
    status: statusReading === undefined ? status : Number(readings[statusReading]),
    body: JSON.stringify(body),
    headers,
  }
}
