import { type ErrorName, errorEntry, errors } from '../../spec/errors.ts'
import { once } from '../../spec/once.ts'
import { taskStatuses } from '../../spec/operations/query-batch-provisioning.ts'
import { operations } from '../../spec/operations.ts'
import { situations } from './situations.ts'

/** Something the mock can show a client. */
interface CoverageItem {
  /** `outcome:listUsers.success`, `error:resourceNotFound`; readable and forever. */
  readonly id: string
  readonly title: string
}

export interface CoverageGroup {
  readonly id: string
  readonly title: string
  readonly items: readonly CoverageItem[]
}

/** Answered to bytes that are no request yet, so that no sandbox can be told to have shown them. */
const beforeAnySandbox: ReadonlySet<ErrorName> = new Set(['malformedRequest', 'headersTooLarge', 'requestTimeout'])

const outcomes = (): CoverageItem[] =>
  operations.flatMap(({ operationId, errors: own, title }) => [
    { id: `outcome:${operationId}.success`, title: `${title}: success` },
    ...own.map((name) => ({
      id: `outcome:${operationId}.${name}`,
      title: `${title}: ${errorEntry(name).code}, ${name}`,
    })),
  ])

const errorItems = (): CoverageItem[] =>
  (Object.keys(errors) as ErrorName[])
    .filter((name) => !beforeAnySandbox.has(name))
    .map((name) => ({ id: `error:${name}`, title: `${errorEntry(name).code}, ${errorEntry(name).when}` }))

const rowOutcomes = {
  success: 'the user was provisioned',
  existing: 'the user exists already',
  failed: 'the user could not be provisioned',
} as const

/** Everything that can be covered: derived from the operations, the error table and the situations. */
export const universe = once((): readonly CoverageGroup[] => [
  { id: 'outcomes', title: 'Operations and their outcomes', items: outcomes() },
  { id: 'errors', title: 'Errors, in an answer or in a row', items: errorItems() },
  {
    id: 'rows',
    title: 'Outcomes of rows',
    items: Object.entries(rowOutcomes).map(([outcome, title]) => ({ id: `row:${outcome}`, title })),
  },
  {
    id: 'tasks',
    title: 'States of tasks',
    items: Object.entries(taskStatuses).map(([state, status]) => ({ id: `task:${state}`, title: `status ${status}` })),
  },
  {
    id: 'situations',
    title: 'Situations',
    items: situations.map(({ id, title }) => ({ id: `situation:${id}`, title })),
  },
])
