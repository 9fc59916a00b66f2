import { limits } from '../../spec/limits.ts'
import type { Call } from '../report-card/call.ts'

/** A situation that a client has to cope with, as data. */
export interface Situation {
  readonly id: string
  readonly title: string
  /** Whether an exchange showed it; `rowsOf` gives the rows of a task. */
  readonly seen: (call: Call, rowsOf: (taskId: string) => number | undefined) => boolean
}

const isQuery = ({ operation, isRefused }: Call): boolean => operation === 'queryBatchProvisioning' && !isRefused
const isList = ({ operation, isRefused }: Call): boolean =>
  (operation === 'listUsers' || operation === 'listUserSpaces') && !isRefused
const ruleHas = ({ entry }: Call, part: string): boolean => entry.rule.includes(part)

const TOTAL = /"total":\s*"?(\d+)/
const totalOf = ({ entry }: Call): number => Number(TOTAL.exec(entry.responseBody)?.[1] ?? Number.NaN)
const endOf = ({ query }: Call): number => Number(query.get('offset')) + Number(query.get('limit'))

/** Situations beyond outcomes and errors. A new one is an entry here. */
export const situations: readonly Situation[] = [
  {
    id: 'list-has-more-pages',
    title: 'a list that does not fit into a page',
    seen: (call) => isList(call) && endOf(call) < totalOf(call),
  },
  {
    id: 'list-page-followed',
    title: 'a further page of a list was read',
    seen: (call) => isList(call) && Number(call.query.get('offset')) > 0,
  },
  { id: 'list-empty', title: 'a list without a record', seen: (call) => isList(call) && totalOf(call) === 0 },
  {
    id: 'rows-have-more-pages',
    title: 'outcomes of rows that do not fit into a page',
    seen: (call) => isQuery(call) && call.poll !== undefined && call.poll.to < call.poll.settled,
  },
  {
    id: 'rows-page-followed',
    title: 'a further page of outcomes was read',
    seen: (call) => isQuery(call) && (call.poll?.from ?? 0) > 0,
  },
  {
    id: 'rows-partly-settled',
    title: 'a task with some rows settled and others not',
    seen: (call) => isQuery(call) && call.poll?.isFinished === false && call.poll.settled > 0,
  },
  {
    id: 'batch-of-largest-size',
    title: `a batch of ${limits.userListMax} users`,
    seen: ({ createdTask }, rowsOf) => createdTask !== undefined && rowsOf(createdTask) === limits.userListMax,
  },
  {
    id: 'preverify-row-passed',
    title: 'a row that passes the pre-verification',
    seen: (call) => call.operation === 'preverifyBatchImport' && /"isSuccess":\s*\d\}/.test(call.entry.responseBody),
  },
  {
    id: 'preverify-row-failed',
    title: 'a row that fails the pre-verification',
    seen: (call) => call.operation === 'preverifyBatchImport' && /"reason":/.test(call.entry.responseBody),
  },
  { id: 'token-expired', title: 'an access token that expired', seen: (call) => ruleHas(call, 'token.expired') },
  {
    id: 'signature-wrong',
    title: 'a signature that is wrong',
    seen: (call) => ruleHas(call, 'signature.') && call.entry.error === 'unauthorized' && !ruleHas(call, '.date-'),
  },
  {
    id: 'date-refused',
    title: 'an X-Date that is too old or in the future',
    seen: (call) => ruleHas(call, 'signature.date-'),
  },
  {
    id: 'told-to-wait',
    title: 'an answer with Retry-After',
    seen: (call) => call.answerHeader('retry-after') !== undefined,
  },
  { id: 'fault-injected', title: 'a call with an injected fault', seen: ({ entry }) => entry.faults.length > 0 },
  {
    id: 'message-in-chinese',
    title: 'a message in Chinese',
    seen: ({ entry }) => /"msg":\s*"[^"]*\p{Script=Han}/u.test(entry.responseBody),
  },
  {
    id: 'trace-id-echoed',
    title: 'a trace id that comes back',
    seen: (call) => call.answerHeader('x-traceid') !== undefined,
  },
]
