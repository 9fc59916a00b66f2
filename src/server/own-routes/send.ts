import type { ContentfulStatusCode, StatusCode } from 'hono/utils/http-status'
import type { RouteAnswer, RouteCall } from '../../routes/route.ts'
import { Budget, fill, TemplateError } from '../../routes/template.ts'
import { bounds } from '../../shared/bounds.ts'
import { headerText } from '../../shared/escape.ts'
import { toJson } from '../../shared/json.ts'
import { errorNamed } from '../../spec/errors.ts'
import { type AppContext, paused } from '../app-env.ts'
import { waitWith } from '../faults/spoil.ts'
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
