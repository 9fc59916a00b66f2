import { authenticate } from '../../server/authentication/authenticate.ts'
import { headerOf } from '../../server/http/wire.ts'
import type { Mutation } from '../../server/mutation.ts'
import { Refusal } from '../../server/refusal.ts'
import { errorEntry } from '../../spec/errors.ts'
import { documented, inferred } from '../../spec/evidence.ts'
import { type Language, toLanguage } from '../../spec/languages.ts'
import { defineMutants } from '../mutant.ts'
import { changeAnswer, type Loose } from '../seams.ts'

const header = documented('listUsers', 'Table 2')
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

/** Changes the lists of users that are asked for in Chinese. */
const inChinese = (change: (body: Loose) => Loose): Mutation =>
  changeAnswer((body, { wire, refusal }) =>
    refusal === undefined && toLanguage(headerOf(wire, 'language')) === 'zh-CN' && Array.isArray(body['list'])
      ? change(body)
      : undefined,
  )

const both = { successes: true, refusals: true }

/** The header `language`. */
export const languageMutants = defineMutants('language', [
  ['ignored', 'msg is English whatever language asks for', texts, () => answeringIn(() => 'en-US', both)],
  [
    'refusals-english',
    'the msg of a refusal is English whatever language asks for',
    texts,
    () => answeringIn(() => 'en-US', { successes: false, refusals: true }),
  ],
  [
    'swapped',
    'zh-CN gives English and en-US Chinese',
    texts,
    () => answeringIn((wanted) => (wanted === 'en-US' ? 'zh-CN' : 'en-US'), both),
  ],
  [
    'chinese-empties-lists',
    'a list in Chinese has no records',
    header,
    () => inChinese((body) => ({ ...body, list: [] })),
  ],
  [
    'chinese-total',
    'a list in Chinese has a smaller total',
    header,
    () => inChinese(({ total, ...body }) => ({ ...body, total: Number(total) - 1 })),
  ],
  [
    'chinese-departments',
    'a list in Chinese shows other departments',
    header,
    () =>
      inChinese((body) => ({
        ...body,
        list: (body['list'] as Loose[]).map((user) => ({ ...user, deptId: String(user['id']) })),
      })),
  ],
  [
    'chinese-refused',
    'a request in Chinese is refused',
    header,
    () => ({
      async authenticate(world, sandbox, operation, wire) {
        if (toLanguage(headerOf(wire, 'language')) === 'en-US') {
          return authenticate(world, sandbox, operation, wire)
        }
        throw new Refusal('verifyParametersFailed', { rule: 'mutant', detail: 'language is refused.' })
      },
    }),
  ],
])
