import { inferred } from '../../../spec/evidence.ts'
import { type Operation, onPageOf } from '../../../spec/operation.ts'
import { managementOperations } from '../../../spec/operations.ts'
import type { OperationId } from '../../../spec/wire-types.ts'
import type { Check } from '../../check.ts'
import type { Exchange } from '../../exchange.ts'
import { bodyOf, codeOf, describe, isRefusal, isSuccess } from '../../judge.ts'
import { fail, skip } from '../../outcome.ts'
import type { Probe } from '../../probe.ts'
import { call } from '../../probes/management/call.ts'
import { unknownDepartment } from '../../probes/management/departments.ts'
import { addressWithoutDomain, wrongCode } from '../../probes/management/sessions.ts'
import { departmentSpaces, unknownSpace } from '../../probes/management/spaces.ts'
import { unknownResult, unknownTask } from '../../probes/management/tasks.ts'
import { unknownMobile, unknownUser } from '../../probes/management/users.ts'
import { sampleAnswers } from '../../probes/samples.ts'
import { unknownPath } from '../../probes/service.ts'
import { defineRules, excuse, type Rule } from './rule.ts'

/** Each operation answers a plain call as its page says. */
const envelope = (operation: Operation): Rule[] => {
  const samples = sampleAnswers(operation.operationId as OperationId)
  if (samples.length === 0) return []
  const rule: Rule = {
    operation,
    name: 'answers',
    title: 'answer a plain call with HTTP 200, code 0 and a string msg',
    from: onPageOf(operation, 'answer table'),
    why: 'It is the only answer that the page lists; a client takes anything else for a failure.',
    uses: samples,
    async run({ get, notice }) {
      for (const sample of samples) {
        const exchange = await get(sample)
        excuse(exchange, await get(unknownPath), operation)
        if (!isSuccess(exchange)) fail('HTTP 200 with code 0', describe(exchange), exchange)
        const { msg } = bodyOf(exchange)
        if (operation.operationId === 'getTaskResult' && (codeOf(exchange) === undefined || msg === undefined)) {
          notice('an answer without code or msg, which the example has and the table does not list')
          continue
        }
        if (typeof msg !== 'string') fail('a string msg', msg === null ? 'null' : typeof msg, exchange)
      }
    },
  }
  return [rule]
}

/** A call that should not succeed, and what is wrong with it. */
interface Wrong {
  readonly probe: Probe<Exchange>
  readonly what: string
}

const listed = managementOperations as readonly Operation[]
const named = (operationId: OperationId): Operation =>
  listed.find((one) => one.operationId === operationId) ?? skip(`there is no ${operationId}`)

const withQuery = (operationId: OperationId, id: string, query: Record<string, string>, what: string): Wrong => ({
  probe: call({ id: `${named(operationId).id}.${id}`, operation: named(operationId), query }),
  what,
})

/**
 * Calls that read and that a right client would not make. No management page documents a refusal, so that whoever takes
 * them is told, and not blamed.
 */
const wrongCalls: Readonly<Partial<Record<OperationId, readonly Wrong[]>>> = {
  getAuthCodeUrl: [{ probe: addressWithoutDomain, what: 'a call without domain' }],
  createSession: [{ probe: wrongCode, what: 'a code that nobody was given' }],
  listDepartments: [withQuery('listDepartments', 'no-id', { departmentId: 'x' }, 'a departmentId that is no id')],
  getDepartment: [{ probe: unknownDepartment, what: 'an unknown department' }],
  countUsers: [withQuery('countUsers', 'no-id', { deptId: 'x' }, 'a deptId that is no id')],
  getUser: [{ probe: unknownUser, what: 'an unknown user' }],
  getUserMobile: [{ probe: unknownMobile, what: 'an unknown user' }],
  getSpace: [{ probe: unknownSpace, what: 'a space of an unknown user' }],
  listDepartmentSpaces: [
    withQuery('listDepartmentSpaces', 'without-limit', { offset: '0' }, 'a page without limit'),
    withQuery('listDepartmentSpaces', 'limit-101', { offset: '0', limit: '101' }, 'limit=101'),
  ],
  listTasks: [
    withQuery('listTasks', 'page-size-101', { pageSize: '101' }, 'pageSize=101'),
    withQuery('listTasks', 'status-9', { status: '9' }, 'a state that no page lists'),
  ],
  getTask: [{ probe: unknownTask, what: 'an unknown task' }],
  getTaskResult: [{ probe: unknownResult, what: 'the result of an unknown task' }],
}

/** Whether an answer of a list keeps within the range all the same. */
const isWithin = (exchange: Exchange): boolean => {
  const lists = Object.values(bodyOf(exchange)).filter(Array.isArray)
  return lists.length > 0 && lists.every(({ length }) => length <= MOST_ROWS)
}
const MOST_ROWS = 100

const refusals = (operation: Operation): Rule[] => {
  const wrong = wrongCalls[operation.operationId as OperationId]
  if (wrong === undefined) return []
  const sample = sampleAnswers(operation.operationId as OperationId)[0] ?? departmentSpaces
  return [
    {
      operation,
      name: 'refusals',
      title: `refuse ${wrong.map(({ what }) => what).join(' and ')}`,
      from: inferred(`The page of ${operation.operationId} documents no refusal`),
      why: 'A mistake that is answered with success is found much later, if at all.',
      uses: [...wrong.map(({ probe }) => probe), ...(operation.method === 'GET' ? [sample] : [])],
      async run({ get }) {
        for (const { probe, what } of wrong) {
          const exchange = await get(probe)
          if (operation.method === 'GET') excuse(await get(sample), await get(unknownPath), operation)
          if (isSuccess(exchange) && what.endsWith('=101') && isWithin(exchange)) continue
          if (isRefusal(exchange)) continue
          fail(`${what} to be refused`, isSuccess(exchange) ? 'success' : describe(exchange), exchange)
        }
      },
    },
  ]
}

export const managementCallChecks: readonly Check[] = defineRules(
  listed.flatMap((operation) => [...envelope(operation), ...refusals(operation)]),
)
