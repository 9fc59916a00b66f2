import { z } from 'zod'
import { hasMoreValues, isRecord, parseAnswer } from '../shared/json.ts'
import { findOperation } from '../spec/find-operation.ts'
import { limits } from '../spec/limits.ts'
import { once } from '../spec/once.ts'
import type { Operation } from '../spec/operation.ts'
import { isPersonal } from './fields.ts'

/** A file that is no HTTP archive, or holds nothing of this API. */
export class RecordingError extends Error {
  override name = 'RecordingError' as const
}

/** A request as far as it decides the answer: its operation and its parameters by name. */
export interface Asked {
  readonly operation: Operation
  /** `offset`, `userList[0].phone`, … with their values as a string. */
  readonly parameters: ReadonlyMap<string, string>
}

/** A recorded answer. */
export interface RecordedAnswer {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

/** Everything recorded for one request, in order. */
export interface Recorded extends Asked {
  readonly answers: readonly RecordedAnswer[]
}

/** The operation of a method and path. */
export const operationOf = (method: string, path: string): Operation | undefined =>
  findOperation(method, path)?.operation

/** What a request asks, whatever the order of its parameters and fields. */
export function askedOf(operation: Operation, target: string, body: string): Asked {
  const [path = ''] = target.split('?')
  const inPath = findOperation(operation.method, path.slice(Math.max(0, path.indexOf('/koodrive/'))))?.params ?? {}
  const query = target.includes('?') ? target.slice(target.indexOf('?') + 1) : ''
  const parameters = new Map([...new URLSearchParams(query)].filter(([, value]) => value !== ''))
  for (const [name, value] of Object.entries(inPath)) parameters.set(name, value)
  if (hasMoreValues(body, limits.jsonMaxValues)) parameters.set('body', 'too many values')
  else for (const [path, value] of leavesOf(parsed(body), '')) parameters.set(path, value)
  return { operation, parameters }
}

/** The service takes no deeper JSON. */
const DEEPEST = limits.jsonMaxDepth
/** Characters of the path of a field: far more than documented ones have. Each value below a long name would repeat it. */
const LONGEST_PATH = 256

function* leavesOf(value: unknown, path: string, depth = 0): Generator<[string, string]> {
  if (depth > DEEPEST) yield [path, 'too deep']
  else if (path.length > LONGEST_PATH) yield [path.slice(0, LONGEST_PATH), 'too long a name']
  else if (Array.isArray(value)) {
    yield [`${path}.length`, String(value.length)]
    for (const [index, one] of value.entries()) yield* leavesOf(one, `${path}[${index}]`, depth + 1)
  } else if (isRecord(value)) {
    for (const [key, one] of Object.entries(value))
      yield* leavesOf(one, path === '' ? key : `${path}.${key}`, depth + 1)
  } else if (path !== '') yield [path, String(value)]
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : parseAnswer(text)
  } catch {
    return undefined
  }
}

/** Names of fields are far shorter; a pattern that looks for one at the end of a megabyte takes minutes. */
const LONGEST_NAME = 100

/** A key that is the same for requests that ask the same; with `people` left blank, for those of other people too. */
export function keyOf({ operation, parameters }: Asked, people: 'named' | 'blank'): string {
  const shown = [...parameters].map(([path, value]) => {
    const name = /(\w+)(?:\[\d+\])?$/.exec(path.slice(-LONGEST_NAME))?.[1] ?? path
    return [path, people === 'blank' && name !== 'length' && isPersonal(name) ? '*' : value]
  })
  return JSON.stringify([operation.operationId, ...shown.sort(([a = ''], [b = '']) => (a < b ? -1 : 1))])
}

/**
 * Reads an HTTP archive, as the proxy or a browser writes it. Entries of other APIs are passed over.
 *
 * @throws RecordingError when it is no archive or holds no call of this API.
 */
export function readRecording(text: string): readonly Recorded[] {
  const archive = parsed(text)
  const log = isRecord(archive) ? archive['log'] : undefined
  const entries = isRecord(log) ? log['entries'] : undefined
  if (!Array.isArray(entries)) throw new RecordingError('it is not an HTTP archive: log.entries is missing')
  const recorded = new Map<string, Recorded & { answers: RecordedAnswer[] }>()
  for (const [index, entry] of entries.entries()) {
    const read = readEntry(entry, index)
    if (read === undefined) continue
    const key = keyOf(read.asked, 'named')
    const known = recorded.get(key)
    if (known === undefined) recorded.set(key, { ...read.asked, answers: [read.answer] })
    else known.answers.push(read.answer)
  }
  if (recorded.size === 0) throw new RecordingError('it holds no call of the KooDrive API')
  return [...recorded.values()]
}

const harEntry = once(() =>
  z.looseObject({
    request: z.looseObject({
      method: z.string(),
      url: z.url(),
      postData: z.looseObject({ text: z.string().optional() }).optional(),
    }),
    response: z.looseObject({
      status: z.number(),
      headers: z.array(z.looseObject({ name: z.string(), value: z.string() })).optional(),
      content: z.looseObject({ text: z.string().optional(), encoding: z.string().optional() }).optional(),
    }),
  }),
)

function readEntry(entry: unknown, index: number): { asked: Asked; answer: RecordedAnswer } | undefined {
  const read = harEntry().safeParse(entry)
  if (!read.success) {
    const { path, message } = read.error.issues[0] ?? { path: [], message: '' }
    const where = ['log', 'entries', index, ...path].map((part) =>
      typeof part === 'number' ? `[${part}]` : `.${String(part)}`,
    )
    throw new RecordingError(
      `${where.join('').slice(1)}: ${message}. An entry has a request with method and url, and a response with status`,
    )
  }
  const { request, response } = read.data
  const { pathname, search } = new URL(request.url)
  const at = pathname.indexOf('/koodrive/')
  const operation = operationOf(request.method.toUpperCase(), pathname.slice(Math.max(0, at)))
  if (operation === undefined) return undefined
  const { text = '', encoding } = response.content ?? {}
  const headers = (response.headers ?? []).map(({ name, value }) => [name, value] as const)
  return {
    asked: askedOf(operation, search, request.postData?.text ?? ''),
    answer: {
      status: response.status,
      headers,
      body: encoding === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : text,
    },
  }
}
