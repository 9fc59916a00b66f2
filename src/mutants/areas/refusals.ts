import type { Answer, Mutation } from '../../server/mutation.ts'
import type { ErrorName } from '../../spec/errors.ts'
import { documented, inferred, type Provenance } from '../../spec/evidence.ts'
import { type Definition, defineMutants } from '../mutant.ts'
import { changeAnswers, changeRefusal, without } from '../seams.ts'

const body = documented('returnedValues', 'error body')
const code = inferred('ErrorCode names codes; no page says which refusal carries which')
const status = inferred('Status codes (appendix) lists 200, 400, 401 and 500; no page says which refusal has which')
const unauthorized = inferred('Status codes (appendix) lists 401 Unauthorized; no page shows the body')
const noCode = (status: number): Provenance =>
  inferred(`No page gives a body for HTTP ${status}; the code repeats the status`)

/** A refusal for this reason, or for any, with another status or body. */
const answered = (error: ErrorName | undefined, change: Partial<Answer>): Mutation =>
  changeAnswers(
    ({ refusal }) => refusal !== undefined && refusal.error === (error ?? refusal.error),
    () => change,
  )

/** A refusal for this reason with another code. */
const coded = (error: ErrorName, code: number): Mutation =>
  changeRefusal((found, { refusal }) => (refusal.error === error ? { ...found, code } : found))

/** Whom or what the service refuses, in the words of the titles. */
const refused = {
  parameter: ['a bad parameter', 'verifyParametersFailed'],
  unknown: ['an unknown task or department', 'resourceNotFound'],
  unauthorized: ['a failed authentication', 'unauthorized'],
} as const

/** A refusal with another HTTP status. */
const withStatus = (what: keyof typeof refused, status: number, clause: Provenance): Definition => {
  const [title, error] = refused[what]
  return [`${what}-status-${status}`, `${title} is refused with HTTP ${status}`, clause, answered(error, { status })]
}

const success = '{"code":0,"msg":"success"}'

/** What every refusal has in common. */
export const refusalMutants = defineMutants('refusals', [
  ['code-missing', 'a refusal has no code', body, changeRefusal((found) => without(found, 'code'))],
  ['msg-missing', 'a refusal has no msg', body, changeRefusal((found) => without(found, 'msg'))],
  ['msg-empty', 'the msg of a refusal is empty', body, changeRefusal((found) => ({ ...found, msg: '' }))],
  ['msg-list', 'the msg of a refusal is a list', body, changeRefusal((found) => ({ ...found, msg: [found['msg']] }))],
  [
    'renamed',
    'a refusal calls its fields errorCode and errorMessage',
    body,
    changeRefusal(({ code: errorCode, msg: errorMessage, ...rest }) => ({ ...rest, errorCode, errorMessage })),
  ],
  ['nested', 'a refusal is wrapped in an error', body, changeRefusal((found) => ({ error: found }))],
  ['empty', 'a refusal has no body', body, answered(undefined, { body: '' })],
  [
    'html',
    'a refusal is an HTML page',
    body,
    answered(undefined, { body: '<html><body><h1>Bad Request</h1></body></html>' }),
  ],
  ['parameter-code-zero', 'a bad parameter is refused with code 0', body, coded('verifyParametersFailed', 0)],
  [
    'parameter-code-other',
    'a bad parameter is refused with the code of a missing space',
    code,
    coded('verifyParametersFailed', 13000301),
  ],
  withStatus('parameter', 500, status),
  withStatus('parameter', 422, status),
  [
    'unknown-code-other',
    'an unknown task or department is refused with the code of a bad parameter',
    code,
    coded('resourceNotFound', 13000102),
  ],
  withStatus('unknown', 500, status),
  withStatus('unauthorized', 200, unauthorized),
  withStatus('unauthorized', 500, unauthorized),
  ['unauthorized-code-zero', 'a failed authentication is refused with code 0', unauthorized, coded('unauthorized', 0)],
  [
    'path-unknown-200',
    'an unknown path is answered with success',
    noCode(404),
    answered('pathNotFound', { status: 200, body: success }),
  ],
  [
    'method-unchecked',
    'a known path answers success to every method',
    noCode(405),
    answered('methodNotAllowed', { status: 200, body: success }),
  ],
  [
    'method-status-500',
    'a known path answers HTTP 500 to another method',
    noCode(405),
    answered('methodNotAllowed', { status: 500 }),
  ],
])
