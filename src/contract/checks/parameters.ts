import { inferred, type Provenance } from '../../spec/evidence.ts'
import { limits } from '../../spec/limits.ts'
import type { Operation } from '../../spec/operation.ts'
import { referenceOperations as operations } from '../../spec/operations.ts'
import type { ReferenceOperationId as OperationId } from '../../spec/wire-types.ts'
import { type Check, defineCheck } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { bodyOf, given, innerOf, isNotFound, isSuccess, recordsIn, refusedParameter, success } from '../judge.ts'
import { skip } from '../outcome.ts'
import { type Parameter, parametersOf, type Value } from '../parameters.ts'
import type { Probe } from '../probe.ts'
import { everyOperation, type JsonBody, type Variation, variation } from '../probes/base.ts'
import { rowFails } from '../probes/batch.ts'
import { firstSpaces, firstUsers } from '../probes/lists.ts'
import { preverifyPlain } from '../probes/preverify.ts'

/** The longest page that any range allows. */
const LONGEST: Readonly<Record<string, number>> = {
  listUsers: limits.listLimitMax,
  listUserSpaces: limits.listLimitMax,
  queryBatchProvisioning: limits.pageSizeMax,
}

/** Whether an answer holds no more records than the range of the page allows. */
function isWithinRange(exchange: Exchange): boolean {
  const operationId = operations.find(({ path }) => path === exchange.spec.path)?.operationId
  const longest = operationId === undefined ? undefined : LONGEST[operationId]
  const body = bodyOf(exchange)
  const list = [body['list'], body['data'], body['users'], innerOf(exchange)['registerList']].find(Array.isArray) ?? []
  return longest !== undefined && list.length <= longest
}

/** Whether the verdict on the first row is another one than that on a row that is right. */
function isFailed(exchange: Exchange, plain: Exchange): boolean {
  const [verdict, passed] = [exchange, plain].map((one) => recordsIn(given(one, 'preverifyBatchImport')['data'])[0])
  return verdict !== undefined && passed !== undefined && verdict['isSuccess'] !== passed['isSuccess']
}

const text = (value: Value): string => (value.absent ? 'nothing' : value.shown)

/** The change that puts a value in the place of a parameter. */
function changeTo({ name, place, path }: Parameter, value: Value): Variation {
  const id = `${name}=${value.absent ? 'absent' : value.shown}`
  if (place === 'query') {
    return { id, query: (query) => ({ ...query, [name]: value.absent ? undefined : String(value.value) }) }
  }
  return { id, body: (body) => replaced(body, path, value) as JsonBody }
}

/**
 * The same with a phone that nobody has: a target that looks for the user first skips a row of a phone that exists, and
 * never says what it thinks of the rest.
 */
const withNewPhone = (change: Variation, at: number): Variation => ({
  ...change,
  body: (body) => replaced((change.body ?? same)(body), ['userList', 'phone'], newPhone(at)) as JsonBody,
})
const newPhone = (at: number): Value => ({
  make: (phone) => String(phone).replace(/\d\d$/, String(FIRST_NEW_PHONE + at)),
  shown: 'a phone that nobody has',
})
const FIRST_NEW_PHONE = 50
const same = <T>(value: T): T => value

/** A copy of a body with one field replaced or taken away; a list on the way means its first entry. */
function replaced(body: unknown, path: readonly string[], value: Value): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value.absent ? undefined : valueIn(body, value)
  if (Array.isArray(body)) return body.map((entry, at) => (at === 0 ? replaced(entry, path, value) : entry))
  const { [key]: inner, ...others } = body as Record<string, unknown>
  if (rest.length > 0) return { ...others, [key]: replaced(inner, rest, value) }
  return value.absent ? others : { ...others, [key]: valueIn(inner, value) }
}

const valueIn = (before: unknown, { value, make }: Value): unknown => (make === undefined ? value : make(before))

/** Probes that send a value anyway, so that it need not be sent again. */
const reused: Readonly<Record<string, Probe<Exchange>>> = {
  'list-users.limit=100': firstUsers,
  'list-user-spaces.limit=100': firstSpaces,
}

interface Case {
  readonly value: Value
  readonly probe: Probe<Exchange>
}

const casesOf = (operation: Operation, parameter: Parameter, values: readonly Value[]): Case[] =>
  values.map((value, at) => {
    const isRow = operation.operationId === 'createBatchProvisioningTask' && parameter.path.length > 1
    const changed = changeTo(parameter, value)
    const change = isRow && parameter.name !== 'phone' ? withNewPhone(changed, at) : changed
    return { value, probe: reused[`${operation.id}.${change.id}`] ?? variation(operation, change) }
  })

function parameterChecks(operation: Operation, parameter: Parameter): Check[] {
  const { name, from } = parameter
  const operationId = operation.operationId as OperationId
  const clause = `${operationId}: ${name}`
  const common = { operation: operationId, from, clause, tags: ['parameters'] } as const

  /** Without a task of our own an unknown one is asked about, and a target may well look for the task first. */
  function refuse(exchange: Exchange, what: string, allowWrites: boolean): void {
    if (operationId === 'queryBatchProvisioning' && !allowWrites && isNotFound(exchange)) {
      skip('the target looks for the task first; it needs a task, so --allow-writes')
    }
    refusedParameter(exchange, what)
  }

  const refusals = (
    suffix: string,
    title: string,
    why: string,
    values: readonly Value[],
    more: { readonly from?: Provenance; readonly isRange?: boolean } = {},
  ): Check[] => {
    const cases = casesOf(operation, parameter, values)
    if (cases.length === 0) return []
    const isVerified = operationId === 'preverifyBatchImport' && parameter.path.length > 1
    const isRow = operationId === 'createBatchProvisioningTask' && parameter.path.length > 1
    const tasks = cases.map(({ probe }) => (isRow ? rowFails(probe) : undefined))
    return [
      defineCheck({
        ...common,
        ...(more.from !== undefined && { from: more.from }),
        id: `${operation.id}.${name}.${suffix}`,
        title: `refuse ${title}`,
        why,
        uses: [
          ...cases.map(({ probe }) => probe),
          ...(isVerified ? [preverifyPlain] : []),
          ...tasks.filter((one) => one !== undefined),
        ],
        async run({ get, facts, notice }) {
          for (const [at, { value, probe }] of cases.entries()) {
            const exchange = await get(probe)
            const what = `${name} with ${text(value)}`
            const task = tasks[at]
            if (isSuccess(exchange)) {
              if (more.isRange === true && isWithinRange(exchange)) {
                notice(`${what} is answered as if it were within the range`)
                continue
              }
              // A verification says in its verdict, and a task in its row, what others refuse at once.
              const fails = isVerified
                ? isFailed(exchange, await get(preverifyPlain))
                : task !== undefined && (await get(task))
              if (fails) {
                notice(`${what} is taken, and its row fails`)
                continue
              }
            }
            refuse(exchange, what, facts.allowWrites)
          }
        },
      }),
    ]
  }

  const acceptedProbes = casesOf(operation, parameter, parameter.accepts).map(({ probe }) => probe)
  const needsTask = operationId === 'queryBatchProvisioning'
  return [
    ...refusals(
      'mandatory',
      `a request without ${name}`,
      'A mandatory parameter that may be absent hides mistakes of the client.',
      parameter.mandatory ? [{ absent: true, shown: 'nothing' }] : [],
    ),
    ...refusals(
      'type',
      `${name} of another type`,
      'A value of another type that is taken is read as something the client never meant.',
      parameter.mistyped,
    ),
    ...refusals(
      'range',
      `${name} out of its range, or keep its answer within`,
      'A limit that is not enforced fails later, in a place that nobody expects.',
      parameter.refuses,
      {
        isRange: true,
        ...(name !== 'limit' && { from: inferred(`${from.source}; an answer within the range keeps to it as well`) }),
      },
    ),
    ...refusals(
      // Where the page states no range, the name is taken by this one since the first version.
      parameter.refuses.length === 0 ? 'range' : 'empty',
      `${name} that is empty`,
      'An empty value is a value that a client forgot to fill in.',
      parameter.empty,
      { from: inferred(`${from.source}; no page names a shortest one`) },
    ),
    ...(acceptedProbes.length === 0
      ? []
      : [
          defineCheck({
            ...common,
            id: `${operation.id}.${name}.limits`,
            title: `take ${name} at its limits: ${parameter.accepts.map(text).join(', ')}`,
            why: 'Clients work right at the documented limits.',
            ...(needsTask ? { uses: [], usesWithWrites: acceptedProbes } : { uses: acceptedProbes }),
            async run({ get, facts }) {
              if (needsTask && !facts.allowWrites) skip('it needs a task, so --allow-writes')
              for (const probe of acceptedProbes) success(await get(probe), operationId)
            },
          }),
        ]),
  ]
}

/** Checks of every parameter of every operation, made from the schemas: a sixth operation has them the day it exists. */
export const allParameterChecks: readonly Check[] = everyOperation.flatMap((operation) =>
  parametersOf(operation).flatMap((parameter) => parameterChecks(operation, parameter)),
)
