import { documented, inferred } from '../../spec/evidence.ts'
import { limits } from '../../spec/limits.ts'
import { listUsers } from '../../spec/operations/list-users.ts'
import { asks, checksOf } from '../check.ts'
import { type Exchange, responseHeader } from '../exchange.ts'
import {
  bodyOf,
  describe,
  given,
  isAuthRefusal,
  isSuccess,
  recordsIn,
  refusedAsParameter,
  refusedParameter,
  success,
} from '../judge.ts'
import { fail, skip } from '../outcome.ts'
import { userProbes } from '../probes/list-probes.ts'
import { firstUsers, SMALL, totalOf, WHOLE } from '../probes/lists.ts'
import { chineseList, chineseRefusal, otherMethod, traceIds, trailingSlash, unknownPath } from '../probes/service.ts'

const trace = documented('queryBatch', 'Table 2, X-Traceid')
const traceLength = inferred(`${trace.source}: 58 bits, which we read as characters`)
const language = documented('listUsers', 'Table 2, language')
const translated = inferred(`${language.source}; no page says which texts are translated`)
/** What no language changes of a user. */
const UNTRANSLATED = ['name', 'deptId', 'role', 'status'] as const
const CHINESE = /\p{Script=Han}/u

export const serviceChecks = checksOf('all', [
  {
    id: 'trace-id.documented-length',
    title: `take an X-Traceid of ${limits.traceIdLength} characters`,
    from: traceLength,
    clause: 'headers: X-Traceid',
    why: 'Whoever follows the page sends exactly that.',
    ...asks([traceIds.right], ([exchange]) => success(exchange, listUsers.operationId)),
  },
  {
    id: 'trace-id.other-length',
    title: `refuse an X-Traceid that has not ${limits.traceIdLength} characters`,
    from: traceLength,
    clause: 'headers: X-Traceid',
    why: 'A client that traces by ids of its own must know whether they pass.',
    readings: ['trace-id-length'],
    ...asks([traceIds.shorter, traceIds.longer], ([shorter, longer], { learn }) => {
      if (isSuccess(shorter) && isSuccess(longer)) return learn('trace-id-length', 'not-enforced')
      refusedParameter(shorter, 'an X-Traceid of 57 characters, like one of 59,')
      refusedParameter(longer, 'an X-Traceid of 59 characters, like one of 57,')
      learn('trace-id-length', 'enforced')
    }),
  },
  {
    id: 'trace-id.optional',
    title: 'take a request without X-Traceid',
    from: trace,
    clause: 'headers: X-Traceid',
    why: 'The page calls the header optional.',
    ...asks([firstUsers], ([exchange]) => success(exchange, listUsers.operationId)),
  },
  {
    id: 'trace-id.echo',
    title: 'repeat X-Traceid as it was sent, if at all',
    from: inferred(`${trace.source}; no page lists response headers; reading trace-id-echo`),
    clause: 'headers: X-Traceid',
    why: 'An answer with another id leads to the wrong entry of the log.',
    readings: ['trace-id-echo'],
    ...asks([traceIds.right], ([exchange], { learn }) => {
      given(exchange, listUsers.operationId)
      const sent = exchange.request.headers.find(([name]) => name === 'X-Traceid')?.[1]
      const got = responseHeader(exchange, 'x-traceid')
      if (got === undefined) return learn('trace-id-echo', 'not-echoed')
      if (got !== sent) fail(`X-Traceid ${sent}`, got, exchange)
      learn('trace-id-echo', 'echoed')
    }),
  },
  {
    id: 'language.accepted',
    title: 'answer the same records in whatever language',
    from: language,
    clause: 'headers: language',
    why: 'Only texts are translated; an integration that serves people of two languages reads the same users.',
    uses: [userProbes.first, chineseList, userProbes.again],
    async run({ get }) {
      const exchange = await get(chineseList)
      const body = success(exchange, listUsers.operationId)
      const english = given(await get(userProbes.first), listUsers.operationId)
      const [got, due] = [recordsIn(body['list']), recordsIn(english['list'])]
      const seen = new Set(due.map(({ userId }) => userId))
      const isOther = got.length > 0 && !got.some(({ userId }) => seen.has(userId))
      if (got.length < Math.min(SMALL, due.length) || (isOther && due.length < Number(WHOLE.limit))) {
        fail('the users that English shows, for language: zh-CN', `${got.length} other records`, exchange)
      }
      const [total, count] = [totalOf(english), totalOf(body)]
      if (total !== count && total === totalOf(given(await get(userProbes.again), listUsers.operationId))) {
        fail(`total ${total}, as in English`, `total ${count}`, exchange)
      }
      // Names of departments may be translated; who somebody is, and what, may not. One user may have several records.
      for (const row of got) {
        const same = due.filter(({ userId }) => userId === row['userId'])
        const field = UNTRANSLATED.find((name) => same.length > 0 && same.every((one) => one[name] !== row[name]))
        if (field !== undefined) {
          const expected = `${field} ${String(same[0]?.[field])} for userId ${String(row['userId'])}, as in English`
          fail(expected, `${field} ${String(row[field])}`, exchange)
        }
      }
      if (isOther) skip('the list is longer than a page, and a language may bring an order of its own')
    },
  },
  {
    id: 'language.success',
    title: 'write msg in English unless another language is asked for',
    from: translated,
    clause: 'headers: language',
    why: 'The message is for people; those who asked for nothing read English.',
    uses: [firstUsers],
    async run({ get }) {
      const english = given(await get(firstUsers), listUsers.operationId)['msg']
      if (CHINESE.test(String(english))) {
        fail('an English msg by default', JSON.stringify(english), await get(firstUsers))
      }
    },
  },
  {
    id: 'language.refusal',
    title: 'write the msg of a refusal in the language that is asked for',
    from: translated,
    clause: 'headers: language',
    why: 'A refusal is what a person is most likely to read.',
    ...asks([chineseRefusal], ([exchange]) => {
      if (isSuccess(exchange)) skip('the request was not refused')
      const { msg } = bodyOf(exchange)
      if (!CHINESE.test(String(msg)))
        fail('a Chinese msg for language: zh-CN', JSON.stringify(msg) ?? 'no msg', exchange)
    }),
  },
  {
    id: 'service.unknown-path',
    title: 'refuse a path that no operation has',
    from: inferred('No page lists it'),
    clause: 'service: path',
    why: 'A misspelt path that answers success looks like an empty organisation.',
    ...asks([unknownPath], ([exchange]) => clientError(exchange, 'an unknown path')),
  },
  {
    id: 'service.other-method',
    title: 'refuse a method that the operation does not have',
    from: inferred('Each page names one method'),
    clause: 'service: method',
    why: 'A call with the wrong method does something else than was meant, or nothing.',
    ...asks([otherMethod], ([exchange]) => clientError(exchange, 'another method')),
  },
  {
    id: 'service.trailing-slash',
    title: 'take a slash behind the path',
    from: inferred('The canonical request adds a slash, the pages print none; reading trailing-slash'),
    clause: 'service: path',
    why: 'Clients that sign the path with its slash tend to send it as well.',
    readings: ['trailing-slash'],
    ...asks([trailingSlash], ([exchange], { learn }) => {
      const { status } = exchange.response
      if (isSuccess(exchange)) return learn('trailing-slash', 'accepted')
      if (status < 300 || status > 499) fail('success, or a refusal such as 404', describe(exchange), exchange)
      learn('trailing-slash', 'refused')
    }),
  },
  {
    id: 'service.parameter-refusals',
    title: 'refuse bad parameters in one way',
    from: inferred('ErrorCode, row 13000102; no page says which refusal carries which code'),
    clause: 'service: refusal',
    why: 'A client that recognises one refusal must recognise all of them.',
    readings: ['parameter-error-status'],
    ...asks([chineseRefusal], ([exchange], { learn }) => {
      refusedAsParameter(exchange, 'limit=0')
      learn('parameter-error-status', String(exchange.response.status))
    }),
  },
])

const NOT_IMPLEMENTED = 501

function clientError(exchange: Exchange, what: string): void {
  const { status } = exchange.response
  if (isAuthRefusal(exchange)) return
  if ((status >= 400 && status < 500) || status === NOT_IMPLEMENTED) return
  fail(`${what} to be refused with an HTTP status from 400 to 499`, describe(exchange), exchange)
}
