import { isRecord } from '../../client/json.ts'
import { documented, inferred } from '../../spec/evidence.ts'
import { limits } from '../../spec/limits.ts'
import { listUsers } from '../../spec/operations/list-users.ts'
import { type Check, defineCheck } from '../check.ts'
import { type Exchange, responseHeader } from '../exchange.ts'
import { describe, given, isAuthRefusal, isSuccess, refusedParameter, success } from '../judge.ts'
import { fail, skip } from '../outcome.ts'
import { firstUsers } from '../probes/lists.ts'
import { chineseRefusal, otherMethod, traceIds, trailingSlash, unknownPath } from '../probes/service.ts'

const trace = documented('queryBatch', 'Table 2, X-Traceid')
const language = documented('listUsers', 'Table 2, language')
const CHINESE = /\p{Script=Han}/u

export const serviceChecks: readonly Check[] = [
  defineCheck({
    id: 'trace-id.documented-length',
    title: `MUST take an X-Traceid of ${limits.traceIdLength} characters`,
    operation: 'all',
    from: trace,
    clause: 'headers: X-Traceid',
    why: 'Whoever follows the page sends exactly that.',
    uses: [traceIds.right],
    async run({ get }) {
      success(await get(traceIds.right), listUsers.operationId)
    },
  }),
  defineCheck({
    id: 'trace-id.other-length',
    title: `MAY refuse an X-Traceid that has not ${limits.traceIdLength} characters`,
    operation: 'all',
    from: trace,
    clause: 'headers: X-Traceid',
    why: 'A client that traces by ids of its own must know whether they pass.',
    readings: ['trace-id-length'],
    uses: [traceIds.shorter, traceIds.longer],
    async run({ get, learn }) {
      const [shorter, longer] = [await get(traceIds.shorter), await get(traceIds.longer)]
      if (isSuccess(shorter) && isSuccess(longer)) return learn('trace-id-length', 'not-enforced')
      refusedParameter(shorter, 'an X-Traceid of 57 characters, like one of 59,')
      refusedParameter(longer, 'an X-Traceid of 59 characters, like one of 57,')
      learn('trace-id-length', 'enforced')
    },
  }),
  defineCheck({
    id: 'trace-id.optional',
    title: 'MUST take a request without X-Traceid',
    operation: 'all',
    from: trace,
    clause: 'headers: X-Traceid',
    why: 'The page calls the header optional.',
    uses: [firstUsers],
    async run({ get }) {
      success(await get(firstUsers), listUsers.operationId)
    },
  }),
  defineCheck({
    id: 'trace-id.echo',
    title: 'MUST repeat X-Traceid as it was sent, if at all',
    operation: 'all',
    from: inferred(`${trace.source}; no page lists response headers; reading trace-id-echo`),
    clause: 'headers: X-Traceid',
    why: 'An answer with another id leads to the wrong entry of the log.',
    readings: ['trace-id-echo'],
    uses: [traceIds.right],
    async run({ get, learn }) {
      const exchange = await get(traceIds.right)
      given(exchange, listUsers.operationId)
      const sent = exchange.request.headers.find(([name]) => name === 'X-Traceid')?.[1]
      const got = responseHeader(exchange, 'x-traceid')
      if (got === undefined) return learn('trace-id-echo', 'not-echoed')
      if (got !== sent) fail(`X-Traceid ${sent}`, got, exchange)
      learn('trace-id-echo', 'echoed')
    },
  }),
  defineCheck({
    id: 'language.success',
    title: 'SHOULD write msg in English unless another language is asked for',
    operation: 'all',
    from: language,
    clause: 'headers: language',
    why: 'The text is for people; those who asked for nothing read English.',
    uses: [firstUsers, traceIds.right],
    async run({ get, notice }) {
      const english = given(await get(firstUsers), listUsers.operationId)['msg']
      const exchange = await get(traceIds.right)
      const chinese = given(exchange, listUsers.operationId)['msg']
      if (CHINESE.test(String(english))) {
        fail('an English msg by default', JSON.stringify(english), await get(firstUsers))
      }
      // "success" may well be a word of the protocol: only a refusal must speak to people.
      if (!CHINESE.test(String(chinese))) notice(`msg of a success is ${JSON.stringify(chinese)} for zh-CN too`)
    },
  }),
  defineCheck({
    id: 'language.refusal',
    title: 'SHOULD write the msg of a refusal in the language that is asked for',
    operation: 'all',
    from: language,
    clause: 'headers: language',
    why: 'A refusal is what a person is most likely to read.',
    uses: [chineseRefusal],
    async run({ get }) {
      const exchange = await get(chineseRefusal)
      const { json } = exchange.response
      if (isSuccess(exchange)) skip('the request was not refused')
      const msg = isRecord(json) ? json['msg'] : undefined
      if (!CHINESE.test(String(msg)))
        fail('a Chinese msg for language: zh-CN', JSON.stringify(msg) ?? 'no msg', exchange)
    },
  }),
  defineCheck({
    id: 'service.unknown-path',
    title: 'MUST refuse a path that no operation has',
    operation: 'all',
    from: inferred('No page lists it'),
    clause: 'service: path',
    why: 'A misspelt path that answers success looks like an empty organisation.',
    uses: [unknownPath],
    async run({ get }) {
      clientError(await get(unknownPath), 'an unknown path')
    },
  }),
  defineCheck({
    id: 'service.other-method',
    title: 'MUST refuse a method that the operation does not have',
    operation: 'all',
    from: inferred('Each page names one method'),
    clause: 'service: method',
    why: 'A call with the wrong method does something else than was meant, or nothing.',
    uses: [otherMethod],
    async run({ get }) {
      clientError(await get(otherMethod), 'another method')
    },
  }),
  defineCheck({
    id: 'service.trailing-slash',
    title: 'MAY take a slash behind the path',
    operation: 'all',
    from: inferred('The canonical request adds a slash, the pages print none; reading trailing-slash'),
    clause: 'service: path',
    why: 'Clients that sign the path with its slash tend to send it as well.',
    readings: ['trailing-slash'],
    uses: [trailingSlash],
    async run({ get, learn }) {
      const exchange = await get(trailingSlash)
      const { status } = exchange.response
      if (isSuccess(exchange)) return learn('trailing-slash', 'accepted')
      if (status < 300 || status > 499) fail('success, or a refusal such as 404', describe(exchange), exchange)
      learn('trailing-slash', 'refused')
    },
  }),
  defineCheck({
    id: 'service.parameter-refusals',
    title: 'MUST refuse bad parameters in one way',
    operation: 'all',
    from: documented('errorCodes', 'row 13000102'),
    clause: 'service: refusal',
    why: 'A client that recognises one refusal must recognise all of them.',
    readings: ['parameter-error-status'],
    uses: [chineseRefusal],
    async run({ get, learn }) {
      const exchange = await get(chineseRefusal)
      refusedParameter(exchange, 'limit=0')
      learn('parameter-error-status', String(exchange.response.status))
    },
  }),
]

const NOT_IMPLEMENTED = 501

function clientError(exchange: Exchange, what: string): void {
  const { status } = exchange.response
  if (isAuthRefusal(exchange)) return
  if ((status >= 400 && status < 500) || status === NOT_IMPLEMENTED) return
  fail(`${what} to be refused with an HTTP status from 400 to 499`, describe(exchange), exchange)
}
