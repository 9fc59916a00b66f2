import { headerOf } from '../../server/http/wire.ts'
import type { Mutation } from '../../server/mutation.ts'
import { errorEntry } from '../../spec/errors.ts'
import { documented, inferred } from '../../spec/evidence.ts'
import { type Language, toLanguage } from '../../spec/languages.ts'
import { refuses } from '../admission.ts'
import { defineMutants } from '../mutant.ts'
import { changeAnswer, type Loose } from '../seams.ts'

const traceIdHeader = documented('queryBatch', 'Table 2')
const length = inferred('Querying Batch Provisioning, Table 2: 58 bits, which we read as characters')
const echo = inferred('No page lists response headers; reading trace-id-echo')

/** Refuses a header as a bad parameter. */
const refusing = (name: string, isBad: (value: string | undefined) => boolean): Mutation =>
  refuses(`${name} is refused.`, ({ wire }) => isBad(headerOf(wire, name)), 'verifyParametersFailed')

/** Another trace id in the answer than in the request. */
const echoing = (change: (traceId: string) => string): Mutation => ({
  answer(answer, { wire }) {
    const traceId = headerOf(wire, 'x-traceid')
    return traceId === undefined ? answer : { ...answer, headers: { ...answer.headers, 'X-Traceid': change(traceId) } }
  },
})

/** The header X-Traceid. Whether its length is enforced and whether it is echoed are readings, and no matter of mutants. */
export const traceIdMutants = defineMutants('trace-id', [
  ['refused', 'a trace id of 58 characters is refused', length, refusing('x-traceid', (id) => id?.length === 58)],
  ['required', 'a call without a trace id is refused', traceIdHeader, refusing('x-traceid', (id) => id === undefined)],
  ['echo-reversed', 'the answer carries another trace id', echo, echoing((id) => [...id].reverse().join(''))],
  ['echo-cut', 'the answer carries half of the trace id', echo, echoing((id) => id.slice(0, id.length / 2))],
])

const languageHeader = documented('listUsers', 'Table 2')
const texts = inferred('Listing Users, Table 2, language; no page says which texts are translated')

interface Kinds {
  readonly successes: boolean
  readonly refusals: boolean
}

/** Speaks another language than the one asked for. */
const answeringIn = (choose: (wanted: Language) => Language, { successes, refusals }: Kinds): Mutation =>
  changeAnswer((body, { wire, operation, refusal }) => {
    if (refusal ? !refusals : !successes) return undefined
    const texts = refusal ? errorEntry(refusal.error).message : operation?.successMessage
    const language = choose(toLanguage(headerOf(wire, 'language')))
    return texts === undefined || body['msg'] === undefined ? undefined : { ...body, msg: texts[language] }
  })

/** Changes some fields of the lists of users that are asked for in Chinese. */
const inChinese = (change: (body: Loose) => Loose): Mutation =>
  changeAnswer((body, { wire, refusal }) =>
    refusal === undefined && toLanguage(headerOf(wire, 'language')) === 'zh-CN' && Array.isArray(body['list'])
      ? { ...body, ...change(body) }
      : undefined,
  )

const both = { successes: true, refusals: true }

/** The header `language`. */
export const languageMutants = defineMutants('language', [
  ['ignored', 'msg is English whatever language asks for', texts, answeringIn(() => 'en-US', both)],
  [
    'refusals-english',
    'the msg of a refusal is English whatever language asks for',
    texts,
    answeringIn(() => 'en-US', { successes: false, refusals: true }),
  ],
  [
    'swapped',
    'zh-CN gives English and en-US Chinese',
    texts,
    answeringIn((wanted) => (wanted === 'en-US' ? 'zh-CN' : 'en-US'), both),
  ],
  ['chinese-empties-lists', 'a list in Chinese has no records', languageHeader, inChinese(() => ({ list: [] }))],
  [
    'chinese-total',
    'a list in Chinese has a smaller total',
    languageHeader,
    inChinese(({ total }) => ({ total: Number(total) - 1 })),
  ],
  [
    'chinese-departments',
    'a list in Chinese shows other departments',
    languageHeader,
    inChinese(({ list }) => ({ list: (list as Loose[]).map((user) => ({ ...user, deptId: String(user['id']) })) })),
  ],
  [
    'chinese-refused',
    'a request in Chinese is refused',
    languageHeader,
    refusing('language', (language) => toLanguage(language) !== 'en-US'),
  ],
])
