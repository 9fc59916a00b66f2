import type { ContentfulStatusCode, StatusCode } from 'hono/utils/http-status'
import { answerContradiction } from '../../routes/check.ts'
import type { Route, RouteAnswer, RouteCall } from '../../routes/route.ts'
import { answerSchema } from '../../routes/schema.ts'
import { Budget, fill, placeholdersIn, TemplateError } from '../../routes/template.ts'
import { explainMistake } from '../../scenarios/explain.ts'
import { bounds } from '../../shared/bounds.ts'
import { headerText } from '../../shared/escape.ts'
import { toJson } from '../../shared/json.ts'
import { errorNamed } from '../../spec/errors.ts'
import { type AppContext, paused } from '../app-env.ts'
import { waitWith } from '../faults/damage.ts'
import { ClientGoneError } from '../http/read-body.ts'
import { Refusal } from '../refusal.ts'
import type { SystemTime } from '../system-time.ts'

const LONGEST_HEADER = 8192
const MOST = bounds.routeAnswerCharacters.value

/**
 * Sends what a route answers, with its placeholders filled where `call` is given.
 *
 * @throws Refusal when it names an error, or becomes too large.
 */
export async function sendAnswer(
  c: AppContext,
  { time }: { readonly time: SystemTime },
  id: string,
  answer: RouteAnswer,
  filling: RouteCall | undefined,
): Promise<Response> {
  const call = c.get('call')
  const { latencyMs = 0 } = answer
  if (latencyMs > 0 && !(await paused(call, () => waitWith(time, call.wire, latencyMs)))) {
    call.rule = ruleOf(id)
    throw new ClientGoneError('The client hung up while the answer was held back.')
  }
  const error = answer.error === undefined ? undefined : errorNamed(answer.error)
  if (error !== undefined) {
    const detail = `The route ${id} answers this error.`
    throw new Refusal(error, { rule: `route.${id}`, detail, evidence: 'inferred', values: ['0', '0'] })
  }
  const { status = 200, headers, text } = filling === undefined ? written(answer, id) : filled(answer, filling, id)
  call.rule = ruleOf(id)
  call.sent = text ?? ''
  return text === undefined
    ? c.body(null, status as StatusCode, headers)
    : c.body(text, status as ContentfulStatusCode, headers)
}

/** Rules of routes are the user's own: nothing that a page says. */
const ruleOf = (id: string): string => `route.${id}; inferred`

interface Written {
  readonly status?: number | undefined
  readonly headers: Record<string, string>
  readonly text: string | undefined
}

function filled(answer: RouteAnswer, call: RouteCall, id: string): Written {
  const budget = new Budget(MOST)
  try {
    const { headers, body, text } = fill(
      { headers: answer.headers, body: answer.body, text: answer.text },
      call,
      budget,
    ) as RouteAnswer
    return written({ status: answer.status, headers, body, text: text === undefined ? undefined : String(text) }, id)
  } catch (error) {
    if (error instanceof TemplateError) throw tooLarge(id)
    throw error
  }
}

function written({ status, headers = {}, body, text }: RouteAnswer, id: string): Written {
  const json = body === undefined ? undefined : toJson(body)
  const content = json ?? text
  if ((content?.length ?? 0) > MOST) throw tooLarge(id)
  const own = Object.entries(headers).map(([name, value]): [string, string] => [
    name,
    headerText(String(value ?? ''), LONGEST_HEADER),
  ])
  const hasType = own.some(([name]) => name.toLowerCase() === 'content-type')
  const type = json === undefined ? 'text/plain;charset=UTF-8' : 'application/json;charset=UTF-8'
  return {
    status,
    headers: Object.fromEntries(content === undefined || hasType ? own : [['Content-Type', type], ...own]),
    text: content,
  }
}

const tooLarge = (id: string): Refusal =>
  new Refusal('internalError', {
    rule: `route.${id}.size`,
    detail: `The answer of the route ${id} became larger than ${MOST} characters. Repeat less of the request in it.`,
    evidence: 'inferred',
  })

/**
 * What a function answered, looked at as a route of a file is.
 *
 * @throws Error that says what is wrong: a mistake of the program, which is reported.
 */
export function checkedAnswer(answer: unknown, id: string): RouteAnswer {
  const result = answerSchema().safeParse(answer)
  if (!result.success) {
    const { path, detail } = explainMistake(answerSchema(), result.error, answer)
    throw new Error(`The function of the route ${id} gave no answer: ${path || 'it'}: ${detail}`)
  }
  const problem = answerContradiction(result.data)
  if (problem !== undefined) {
    throw new Error(`The function of the route ${id} gave no answer: ${problem.path.join('.')}: ${problem.message}`)
  }
  return result.data
}

/** What an answer of a route needs of the sandbox besides what is there. */
export interface Needs {
  /** The number of the call. */
  readonly call: boolean
  readonly newId: boolean
  /** The JSON body of the request. */
  readonly body: boolean
}

const known = new WeakMap<Route, Needs>()

/** What the answers of a route need, found out once. */
export function needsOf(route: Route): Needs {
  const found = known.get(route) ?? findNeeds(route)
  known.set(route, found)
  return found
}

function findNeeds({ answer, answers = [] }: Route): Needs {
  const names = placeholdersIn([answer, ...answers])
  const newId = names.includes('sandbox.newId')
  return {
    call: newId || answers.length > 1 || names.includes('route.call'),
    newId,
    body: names.some((name) => /^request\.body(?:\.|$)/.test(name)),
  }
}

/** The answer that a call gets, counted from 1. */
export function answerAt({ answer, answers = [], loop = false }: Route, call: number): RouteAnswer {
  if (answer !== undefined) return answer
  const lengths = answers.map(({ times = 1 }) => times)
  const total = lengths.reduce((sum, length) => sum + length, 0)
  let left = loop ? (call - 1) % total : call - 1
  const index = lengths.findIndex((length) => {
    left -= length
    return left < 0
  })
  return (index < 0 ? answers.at(-1) : answers[index]) ?? {}
}
