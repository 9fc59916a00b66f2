import { explainUnknown, unknownFields, unknownQueryNames } from '../../scenarios/unknown-names.ts'
import { parseExact } from '../../shared/json.ts'
import { errorEntry } from '../../spec/errors.ts'
import type { Operation } from '../../spec/operation.ts'
import { operations } from '../../spec/operations.ts'
import type { JournalEntry } from '../journal-entry.ts'
import { toText } from '../viewer.ts'

/** What findings want of the bodies of a call. What is parsed for it is not kept: a journal full of it would be large. */
export interface Facts {
  /** Phones that a batch hands in. */
  readonly phones: readonly string[]
  /** Phones that a page of a task says could not be provisioned. */
  readonly failedPhones: readonly string[]
  /** Id of a task that the answer gives; undefined when it gives none. */
  readonly answeredId: string | undefined
  /** Empty when the request has none. */
  readonly curDeptId: string
  /** Records of the answered page of a list, and of the whole list. */
  readonly page: { readonly count: number; readonly total: number } | undefined
  /** Names that no page lists, explained; empty without one. */
  readonly unknownNames: string
}

const CREATE = 'createBatchProvisioningTask'
const byId = new Map<string, Operation>(operations.map((operation) => [operation.operationId, operation as Operation]))
/** Where the records stand in the answer of a list. */
const lists: Readonly<Record<string, readonly string[]>> = { listUsers: ['list', 'data'], listUserSpaces: ['users'] }

export function factsOf(entry: JournalEntry, isRefused: boolean): Facts {
  const { operation = '' } = entry
  const text = toText(entry.requestBody)
  const request = parsed(text)
  const answer = isRefused ? undefined : parsed(entry.responseBody)
  const data = operation === CREATE ? fieldOf(answer, 'data') : undefined
  return {
    phones: operation === CREATE ? phonesOf(request, text) : [],
    failedPhones: operation === 'queryBatchProvisioning' ? failedPhonesOf(answer ?? parsed(entry.responseBody)) : [],
    answeredId: data === undefined ? undefined : scalarText(data),
    curDeptId: scalarText(fieldOf(request, 'curDeptId')),
    page: pageOf(operation, answer),
    unknownNames: unknownNamesOf(entry, request),
  }
}

function parsed(text: string): unknown {
  try {
    return parseExact(text)
  } catch {
    return undefined
  }
}

/** The field of a value, if it is an object that has it. */
const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined

/** A value of a client or a server as text; empty for an object or a list, which may have no text at all. */
const scalarText = (value: unknown): string => (typeof value === 'object' || value === undefined ? '' : String(value))

const PHONE = /"phone"\s*:\s*"([^"\\]*)"/g

/** The phones of a batch; read off its text when the journal has cut it off. */
function phonesOf(request: unknown, text: string): string[] {
  const rows = fieldOf(request, 'userList')
  if (Array.isArray(rows)) return rows.map((row: unknown) => scalarText(fieldOf(row, 'phone')))
  return [...text.matchAll(PHONE)].map(([, phone = '']) => phone)
}

const USER_EXISTS = String(errorEntry('userExists').code)

function failedPhonesOf(answer: unknown): string[] {
  const rows = fieldOf(fieldOf(answer, 'data'), 'registerList')
  if (!Array.isArray(rows)) return []
  return rows.flatMap((row: unknown) => {
    const code = fieldOf(row, 'code')
    return code === undefined || scalarText(code) === USER_EXISTS ? [] : [scalarText(fieldOf(row, 'phone'))]
  })
}

function pageOf(operation: string, answer: unknown): Facts['page'] {
  const keys = lists[operation]
  const total = fieldOf(answer, 'total')
  if (keys === undefined || total === undefined) return undefined
  const rows = keys.map((key) => fieldOf(answer, key)).find(Array.isArray)
  return { count: rows?.length ?? 0, total: Number(total) }
}

function unknownNamesOf({ operation: id = '', target }: JournalEntry, request: unknown): string {
  const operation = byId.get(id)
  if (operation === undefined) return ''
  const inBody = operation.body === undefined ? [] : unknownFields(operation.body, request)
  return explainUnknown([...unknownQueryNames(operation, target), ...inBody])
}
