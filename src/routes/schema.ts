import { z } from 'zod'
import { errorChoices } from '../spec/errors.ts'
import { once } from '../spec/once.ts'
import { matchProblem, type RouteProblem, RoutesBefore, routeProblem } from './check.ts'
import { type Route, type RouteMatch, routeMethods } from './route.ts'

/** Most routes of a sandbox, and answers of a sequence. */
const ROUTES_MAX = 1000
/** Header names as HTTP has them (RFC 9110, 5.6.2). */
const TOKEN = /^[\w!#$%&'*+.^`|~-]{1,128}$/
const NOT_IN_HEADERS = /[\0\r\n]/

const condition = () =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.strictObject({ contains: z.string().min(1) }),
    z.strictObject({ present: z.boolean() }),
  ])
const conditions = () => z.record(z.string().min(1).max(256), condition())
const latency = () => z.number().min(0).max(600_000)

const headers = () =>
  z.record(
    z.string().regex(TOKEN, 'a name of a header'),
    z
      .string()
      .max(8192)
      .refine((text) => !NOT_IN_HEADERS.test(text), 'expected one line of text'),
  )

/** What a route answers. */
export const answerSchema = once(() =>
  z.strictObject({
    status: z.int().min(200).max(599).optional().describe('HTTP status, 200 to 599. Default 200.'),
    headers: headers()
      .optional()
      .describe('Headers of the answer. Default: Content-Type, as the body is JSON or text.'),
    body: z.unknown().optional().describe('JSON body. Strings may have placeholders such as {{request.path.id}}.'),
    text: z.string().optional().describe('A body that is not JSON, in place of body.'),
    error: z
      .literal(errorChoices)
      .optional()
      .describe('A row of the error table by its name or code, in place of the four above.'),
    latencyMs: latency().optional().describe('Real milliseconds that this answer is held back.'),
    times: z
      .int()
      .min(1)
      .optional()
      .describe('In a sequence: how many calls get this answer before the next. Default 1; the last goes on for ever.'),
  }),
)

const matchShape = () => ({
  id: z
    .string()
    .regex(/^[\w./{}:* -]{1,128}$/, 'at most 128 letters, digits, spaces and - _ . / : { } *')
    .optional()
    .describe('Name in journal, verification and coverage. Default: method and path.'),
  method: z.enum(routeMethods).describe('HTTP method, or ANY.'),
  path: z.string().describe('Path from the root; {name} stands for one segment, a last * for all that follow.'),
  query: conditions()
    .optional()
    .describe('Parameters that the query must have: a value, {contains: string} or {present: true or false}.'),
  headers: conditions().optional().describe('Headers that the request must have, in the same way.'),
  body: z
    .unknown()
    .optional()
    .describe('Part of the JSON body: fields given must be there, lists have as many entries.'),
  authentication: z
    .enum(['none', 'token', 'signature'])
    .optional()
    .describe('Proof that the caller must give, as for the operations. Default none.'),
})

const route = () =>
  z.strictObject({
    ...matchShape(),
    answer: answerSchema().optional().describe('What is answered.'),
    answers: z
      .array(answerSchema())
      .min(1)
      .max(ROUTES_MAX)
      .optional()
      .describe('A sequence of answers, in place of answer.'),
    loop: z.boolean().optional().describe('Whether a sequence begins again after its last answer. Default: it stays.'),
  })

/** Own answers for requests that no operation takes: the first route that fits answers. */
export const routesSchema = once(() => z.array(route()).max(ROUTES_MAX).superRefine(refuseProblems))

/** The format of a file with routes: `routes: [...]`, or the list itself. */
export const routesFileSchema = once(() => z.union([routesSchema(), z.strictObject({ routes: routesSchema() })]))

/** The same with functions for answers. */
export const functionRoutesSchema = once(() =>
  z
    .array(z.strictObject({ ...matchShape(), answer: z.custom((value) => typeof value === 'function') }))
    .max(ROUTES_MAX)
    .superRefine((routes, context) => refuseFirst(routes, context, matchProblem)),
)

const refuseProblems = (routes: readonly Route[], context: z.RefinementCtx): void =>
  refuseFirst(routes, context, routeProblem)

function refuseFirst<R extends RouteMatch>(
  routes: readonly R[],
  context: z.RefinementCtx,
  problemOf: (route: R, before: RoutesBefore) => RouteProblem | undefined,
): void {
  const before = new RoutesBefore()
  for (const [index, one] of routes.entries()) {
    const problem = problemOf(one, before)
    before.add(one)
    if (problem === undefined) continue
    context.addIssue({ code: 'custom', path: [index, ...problem.path], message: problem.message })
    return
  }
}
