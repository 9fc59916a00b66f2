import { inferred } from '../../spec/evidence.ts'
import { preverifyBatchImport } from '../../spec/operations/preverify-batch-import.ts'
import { asks, checksOf } from '../check.ts'
import { describe, isSuccess, refusedParameter } from '../judge.ts'
import { fail } from '../outcome.ts'
import { preverifyNull, preverifyUnknownField, preverifyUntyped } from '../probes/preverify.ts'

const { operationId, id } = preverifyBatchImport

/** Checks of how a pre-verification may be written: each tells which answer to a reading the target takes. */
export const preverifyRequestChecks = checksOf(operationId, [
  {
    id: `${id}.null-optional`,
    title: 'take null for an absent optional field',
    from: inferred('The table names the type String; reading null-optional'),
    clause: `${operationId}: users[].targetDeptName`,
    why: 'Many serialisers write null for what is not set.',
    readings: ['null-optional'],
    ...asks([preverifyNull], ([exchange], { learn }) => {
      if (isSuccess(exchange)) return learn('null-optional', 'absent')
      refusedParameter(exchange, 'null in an optional field, if not taken,')
      learn('null-optional', 'refused')
    }),
  },
  {
    id: `${id}.unknown-fields`,
    title: 'ignore fields that the page does not list',
    from: inferred('The page is silent; reading unknown-fields'),
    clause: `${operationId}: request`,
    why: 'It decides whether a client of a later version still works.',
    readings: ['unknown-fields'],
    ...asks([preverifyUnknownField], ([exchange], { learn }) => {
      if (isSuccess(exchange)) return learn('unknown-fields', 'ignored')
      refusedParameter(exchange, 'an undocumented field, if not ignored,')
      learn('unknown-fields', 'refused')
    }),
  },
  {
    id: `${id}.content-type`,
    title: 'ask for a body that is declared as JSON',
    from: inferred('The header tables do not list Content-Type; reading content-type'),
    clause: `${operationId}: headers`,
    why: 'Some HTTP clients declare a body as JSON only when told to.',
    readings: ['content-type'],
    ...asks([preverifyUntyped], ([exchange], { learn }) => {
      if (isSuccess(exchange)) return learn('content-type', 'not-checked')
      if (exchange.response.status !== 415) fail('success or HTTP 415', describe(exchange), exchange)
      learn('content-type', 'json-required')
    }),
  },
])
