import { isRecord } from '../../shared/json.ts'
import { documented, example, inferred } from '../../spec/evidence.ts'
import { successText } from '../../spec/operation.ts'
import { listUsers } from '../../spec/operations/list-users.ts'
import { referenceOperations as operations } from '../../spec/operations.ts'
import { asks, checksOf } from '../check.ts'
import { type Exchange, responseHeader } from '../exchange.ts'
import { bodyOf, codeOf, describe, given, isGatewayError, isSuccess } from '../judge.ts'
import { fail } from '../outcome.ts'
import { signedQuestion } from '../probes/identity.ts'
import { firstSpaces, firstUsers, spaceList, userList } from '../probes/lists.ts'
import type { Auth } from '../request-spec.ts'

/**
 * Whether a request was about none of the operations of the reference: what a web server answers to a path that it does
 * not have no page says, and a target need not have those of the management pages.
 */
const isOther = ({ request: { method }, spec: { path } }: Exchange): boolean =>
  !operations.some((one) => one.path === path && one.method === method)
const isElsewhere = (exchange: Exchange): boolean => UNSUPPORTED.includes(exchange.response.status) && isOther(exchange)
const UNSUPPORTED = [404, 405, 501]

/** Whether a request proves itself rightly: what answers a wrong proof no page shows. */
const isProven = (auth: Auth): boolean =>
  auth.scheme === 'token'
    ? auth.value === undefined && auth.suffix === undefined
    : auth.scheme === 'signature' && Object.keys(auth).length === 1

/** No page shows a body for them, and gateways answer them before the service is asked. */
const PROOFLESS = [401, 403]

/** Answers by operation; those of no operation together. */
function byOperation(all: readonly Exchange[]): Exchange[][] {
  const groups = new Map<string, Exchange[]>()
  for (const one of all) groups.set(one.spec.path, [...(groups.get(one.spec.path) ?? []), one])
  return [...groups.values()]
}

/** Checks of every answer that a run has received: they come last. */
export const envelopeChecks = checksOf('all', [
  {
    id: 'envelope.code-type',
    title: 'write code as a number or as a string, the same way in all successes of an operation',
    from: example('queryBatch', 'example, code; Table 3 says String'),
    clause: 'envelope: code',
    why: 'Tables and examples differ; a client that compares strictly must know which it gets.',
    readings: ['code-type'],
    uses: [firstUsers],
    async run({ get, exchanges, learn, undetermined }) {
      given(await get(firstUsers), listUsers.operationId)
      const typeOf = (one: Exchange) => typeof bodyOf(one)['code']
      const seen = exchanges().filter((one) => bodyOf(one)['code'] !== undefined)
      for (const answers of byOperation(seen.filter(isSuccess))) {
        const [first] = answers
        const other = answers.find((one) => first !== undefined && typeOf(one) !== typeOf(first))
        if (first !== undefined && other !== undefined) {
          fail('one type in all successes of an operation', `${typeOf(first)} and ${typeOf(other)}`, first, other)
        }
      }
      const types = [...new Set(seen.map(typeOf))]
      const [type] = types
      if (types.length > 1) undetermined('code-type', `the target writes code as ${types.join(' and as ')}`)
      else if (type === 'number' || type === 'string') learn('code-type', type)
    },
  },
  {
    id: 'envelope.code',
    title: 'answer a plain request with code 0',
    from: documented('returnedValues', 'code 0'),
    clause: 'envelope: code',
    why: 'Clients look at code first; without it every answer is an error.',
    uses: [firstUsers, firstSpaces],
    async run({ get }) {
      for (const probe of [firstUsers, firstSpaces]) {
        const exchange = await get(probe)
        if (codeOf(exchange) !== '0') fail('code 0', describe(exchange), exchange)
      }
    },
  },
  {
    id: 'envelope.status',
    title: 'answer success with HTTP 200',
    from: documented('statusCodes', '200'),
    clause: 'envelope: HTTP status',
    why: 'It is the only status that the pages list for success.',
    ...asks([firstUsers], (_, { exchanges }) => {
      const odd = exchanges().find((one) => codeOf(one) === '0' && one.response.status !== 200)
      if (odd !== undefined) fail('HTTP 200', describe(odd), odd)
    }),
  },
  {
    id: 'envelope.success',
    title: 'answer success as a JSON object with code 0 and a string msg',
    from: documented('queryBatch', 'Table 3'),
    clause: 'envelope: success',
    why: 'Clients look at code first; without it every answer is an error.',
    uses: [firstUsers, firstSpaces],
    async run({ get, exchanges }) {
      const plain = await get(firstUsers)
      if (!isRecord(plain.response.json) || codeOf(plain) === undefined) {
        fail('a JSON object with code and msg', describe(plain), plain)
      }
      for (const exchange of exchanges().filter(isSuccess)) {
        const { msg } = bodyOf(exchange)
        if (codeOf(exchange) === undefined) continue
        if (typeof msg !== 'string') fail('a string msg', msg === null ? 'null' : typeof msg, exchange)
      }
    },
  },
  {
    id: 'envelope.message',
    title: 'say something in msg',
    from: example('queryBatch', 'example, msg; Table 3, msg'),
    clause: 'envelope: msg',
    why: 'An empty message in a log tells nobody what happened.',
    ...asks([firstUsers], (_, { exchanges }) => {
      for (const exchange of exchanges().filter(isSuccess)) {
        const { msg } = bodyOf(exchange)
        if (typeof msg === 'string' && msg.trim() === '') fail('a string in msg', 'an empty one', exchange)
      }
    }),
  },
  {
    id: 'envelope.refusal',
    title: 'answer a refusal as a JSON object with a code other than 0 and a string msg',
    from: documented('returnedValues', 'error body'),
    clause: 'envelope: refusal',
    why: 'A refusal without code and message cannot be told from an outage.',
    ...asks([signedQuestion], (_, { exchanges }) => {
      for (const exchange of exchanges()) {
        const { json, status } = exchange.response
        if (isOther(exchange)) continue
        const isFree = PROOFLESS.includes(status) || !isProven(exchange.spec.auth)
        const isOdd = (status >= 300 && status < 400) || (isFree && !isRecord(json))
        if (isSuccess(exchange) || isOdd || isGatewayError(exchange)) continue
        const code = codeOf(exchange)
        if (code === undefined || code === '0') fail('a code other than 0', describe(exchange), exchange)
        const { msg } = bodyOf(exchange)
        if (typeof msg !== 'string' || msg.trim() === '') fail('a msg', JSON.stringify(msg) ?? 'none', exchange)
      }
    }),
  },
  {
    id: 'envelope.success-message',
    title: 'say success in the words of the examples',
    from: inferred('The examples of the pages differ in msg; reading success-message'),
    clause: 'envelope: msg',
    why: 'The examples differ from page to page, so no client can compare the message.',
    readings: ['success-message'],
    ...asks([firstSpaces], ([exchange], { learn, undetermined }) => {
      const { msg } = given(exchange, spaceList.operation.operationId)
      if (msg === successText(spaceList.operation, 'en-US')) return learn('success-message', 'per-operation')
      if (msg === successText(userList.operation, 'en-US')) return learn('success-message', 'success')
      undetermined('success-message', `the target says ${JSON.stringify(msg)}, which is neither`)
    }),
  },
  {
    id: 'envelope.content-type',
    title: 'declare its answers as JSON',
    from: inferred('Every example is JSON'),
    clause: 'envelope: Content-Type',
    why: 'HTTP clients parse by the declared type.',
    ...asks([firstUsers], (_, { exchanges }) => {
      const odd = exchanges().find(
        (one) => isSuccess(one) && !/\bjson\b/i.test(responseHeader(one, 'content-type') ?? ''),
      )
      if (odd !== undefined) fail('application/json', responseHeader(odd, 'content-type') ?? 'no Content-Type', odd)
    }),
  },
  {
    id: 'service.no-server-error',
    title: 'never answer with a server error',
    from: inferred('Status codes (appendix), 500: what a service cannot understand it may answer so'),
    clause: 'service: stability',
    why: 'Nothing that the suite sends is beyond what a careless client sends.',
    ...asks([firstUsers], (_, { exchanges }) => {
      const broken = exchanges().find((one) => one.response.status >= 500 && !isElsewhere(one))
      if (broken !== undefined) fail('no HTTP status from 500', describe(broken), broken)
    }),
  },
])
