import { isRecord, parseAnswer } from '../shared/json.ts'
import { errorEntry } from '../spec/errors.ts'
import { codeText } from './dialect.ts'
import {
  AuthenticationError,
  type ErrorDetails,
  KooDriveError,
  NotFoundError,
  ParameterError,
  PermissionError,
  ProtocolError,
  ServerError,
  ThrottledError,
} from './errors.ts'
import { type Call, evidenceOf } from './wire.ts'

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

const codes = {
  parameter: String(errorEntry('verifyParametersFailed').code),
  notFound: [errorEntry('resourceNotFound').code, errorEntry('spaceNotFound').code].map(String),
  permission: String(errorEntry('noSpacePermission').code),
} as const

const SHOWN = 500
const MIN_PARAMETER_CODE = 13_000_000

/** The body of a success; whatever else came is an error, ready to be thrown. */
export function readAnswer(call: Call, answer: RawAnswer): Record<string, unknown> | KooDriveError {
  const body = parsed(answer.text)
  if (answer.status === 200 && isRecord(body) && codeText(body) === '0') return body
  return toError(call, answer, isRecord(body) ? body : undefined)
}

function parsed(text: string): unknown {
  try {
    return parseAnswer(text)
  } catch {
    return undefined
  }
}

function toError(call: Call, answer: RawAnswer, body: Record<string, unknown> | undefined): KooDriveError {
  const { status, headers } = answer
  const { operationId } = call.operation
  const code = body && (codeText(body) ?? textOf(body['error_code']))
  const message = body && (textOf(body['msg']) ?? textOf(body['error_msg']))
  const diagnosis = headers.get('x-mock-diagnosis') ?? undefined
  const details: ErrorDetails = {
    operation: operationId,
    code,
    requestId: headers.get('x-mock-request-id') ?? headers.get('x-request-id') ?? textOf(body?.['request_id']),
    diagnosis,
    evidence: { ...evidenceOf(call), status, body: answer.text.slice(0, SHOWN) },
  }
  const text = `${operationId}: HTTP ${status}${code === undefined ? '' : `, code ${code}`}${message === undefined ? '' : `, ${message}`}${diagnosis === undefined ? '' : ` (${diagnosis})`}`
  if (status === 429) return new ThrottledError(text, details, retryAfterMs(headers))
  if (status >= 500) return new ServerError(text, details, retryAfterMs(headers))
  if (code !== undefined && codes.notFound.includes(code)) return new NotFoundError(text, details)
  if (code === codes.permission) return new PermissionError(text, details)
  if (code === codes.parameter) return new ParameterError(text, details)
  const isGateway = body !== undefined && body['error_code'] !== undefined
  const isForeign = code === undefined || !(Number(code) >= MIN_PARAMETER_CODE)
  if (status === 401 || status === 403 || isGateway || (status === 400 && code !== undefined && isForeign)) {
    return new AuthenticationError(text, details)
  }
  if (body === undefined || code === undefined || code === '0') {
    return new ProtocolError(`${operationId}: HTTP ${status} with an answer that is not the documented one`, details)
  }
  return new KooDriveError(text, details)
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** Retry-After in milliseconds: seconds, or the time until a date by the clock of the answer. */
function retryAfterMs(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim()
  if (value === undefined) return undefined
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  const wait = Date.parse(value) - Date.parse(headers.get('date') ?? '')
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}
