import { once } from '../spec/once.ts'
import type { Operation } from '../spec/operation.ts'
import { operations } from '../spec/operations.ts'
import { takesMethod } from './match.ts'
import { covers, type PathPattern, PatternTree, parsePath } from './path-pattern.ts'
import type { Route, RouteAnswer, RouteMatch } from './route.ts'
import { templateProblem } from './template.ts'

/** What is wrong with a route: where, and what to do, without the place. */
export interface RouteProblem {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

const problem = (message: string, ...path: PropertyKey[]): RouteProblem => ({ path, message })

/** Paths that the mock keeps for itself. */
const OWN = ['/__admin', '/oauth2/authorize', '/oauth2/code']
const STATUSES_WITHOUT_BODY = new Set([204, 205, 304])
/** Levels of a body that a route looks for or answers with. */
const MAX_DEPTH = 64

/** What is wrong with a route that stands behind others; undefined when nothing is. */
export function routeProblem(route: Route, before: RoutesBefore): RouteProblem | undefined {
  return matchProblem(route, before) ?? answerProblem(route)
}

/** The same for what a route takes. */
export function matchProblem(route: RouteMatch, before: RoutesBefore): RouteProblem | undefined {
  const { method, path } = route
  const pattern = parsePath(path)
  if ('problem' in pattern) return problem(pattern.problem, 'path')
  const own = OWN.find((prefix) => path === prefix || path.startsWith(`${prefix}/`))
  if (own !== undefined) return problem(`${own} belongs to the mock itself; choose another path.`, 'path')
  const operation = operationBefore(method, pattern)
  if (operation !== undefined) {
    return problem(
      `${method} ${path} is always answered by the operation ${operation}. A fault or a scenario changes what that answers; a route is for paths that no operation has.`,
      'path',
    )
  }
  const first = before.firstOver(method, pattern)
  if (first !== undefined) {
    return problem(
      `routes[${first}] takes every ${method} ${path} before it. Give that one conditions, or move this up.`,
      'path',
    )
  }
  if (depthOf(route.body) > MAX_DEPTH) return problem(`it is nested more than ${MAX_DEPTH} levels deep.`, 'body')
  if (route.body !== undefined && (method === 'GET' || method === 'HEAD')) {
    return problem(`a ${method} request has no body: look at query or headers.`, 'body')
  }
  return undefined
}

/** The operation that takes every request which a route would take; operations always go first. */
function operationBefore(method: string, pattern: PathPattern): string | undefined {
  return operationPatterns().find((known) => known.method === method && covers(known.pattern, pattern))?.operationId
}

const operationPatterns = once(() =>
  (operations as readonly Operation[]).flatMap(({ method, operationId, path, aliases = [] }) =>
    [path, ...aliases].flatMap((one) => {
      const pattern = parsePath(one)
      return 'problem' in pattern ? [] : [{ method, operationId, pattern }]
    }),
  ),
)

/** The routes that stand before others, as far as they take every request of their path. */
export class RoutesBefore {
  readonly #tree = new PatternTree<{ readonly index: number; readonly method: string }>()
  #count = 0

  add({ method, path, query, headers, body }: RouteMatch): void {
    const index = this.#count
    this.#count += 1
    const isConditional = [query, headers].some((held) => Object.keys(held ?? {}).length > 0) || body !== undefined
    const pattern = parsePath(path)
    if (!isConditional && !('problem' in pattern)) this.#tree.add(pattern, { index, method })
  }

  /** The first that takes every request of a method and a path. */
  firstOver(method: string, pattern: PathPattern): number | undefined {
    const over = this.#tree.covering(pattern).filter((route) => takesMethod(route.method, method))
    return over.length === 0 ? undefined : over.reduce((first, { index }) => Math.min(first, index), this.#count)
  }
}

function answerProblem({ path, answer, answers, loop }: Route): RouteProblem | undefined {
  if (answer === undefined && answers === undefined) {
    return problem('it is missing: write answer: {status, headers, body}, or answers: a list of them.', 'answer')
  }
  if (answer !== undefined && answers !== undefined) {
    return problem('it does not go with answer: write one of the two.', 'answers')
  }
  if (loop !== undefined && answers === undefined)
    return problem('it is about answers; a single answer has none.', 'loop')
  const pattern = parsePath(path)
  const names = 'problem' in pattern ? [] : pattern.segments.flatMap((part) => ('name' in part ? [part.name] : []))
  const all =
    answers === undefined ? [{ one: answer, at: ['answer'] }] : answers.map((one, i) => ({ one, at: ['answers', i] }))
  for (const { one, at } of all) {
    const found = one === undefined ? undefined : oneAnswerProblem(one, names)
    if (found !== undefined) return { ...found, path: [...at, ...found.path] }
  }
  return undefined
}

function oneAnswerProblem(answer: RouteAnswer, names: readonly string[]): RouteProblem | undefined {
  const { headers, body, text } = answer
  return answerContradiction(answer) ?? placeholderProblem({ headers, body, text }, names)
}

/** Parts of an answer that do not go together. */
export function answerContradiction(answer: RouteAnswer): RouteProblem | undefined {
  const { status, headers, body, text, error } = answer
  const given = Object.entries({ status, headers, body, text }).filter(([, value]) => value !== undefined)
  if (error !== undefined && given[0] !== undefined) {
    return problem('it does not go with error, whose row says all. Leave one of the two out.', given[0][0])
  }
  if (body !== undefined && text !== undefined)
    return problem('it does not go with body: write one of the two.', 'text')
  if (STATUSES_WITHOUT_BODY.has(status ?? 200) && (body !== undefined || text !== undefined)) {
    return problem(`an answer with status ${status} has no body: leave it out.`, body === undefined ? 'text' : 'body')
  }
  if (depthOf(body) > MAX_DEPTH) return problem(`it is nested more than ${MAX_DEPTH} levels deep.`, 'body')
  return undefined
}

/** The first mistake in the placeholders of a value, with the place of its text. */
function placeholderProblem(value: unknown, names: readonly string[]): RouteProblem | undefined {
  if (typeof value === 'string') {
    const message = templateProblem(value, names)
    return message === undefined ? undefined : problem(message)
  }
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    const found = placeholderProblem(inner, names)
    if (found !== undefined) return { ...found, path: [Array.isArray(value) ? Number(key) : key, ...found.path] }
  }
  return undefined
}

/** Levels of a value, counted no further than one behind the most. */
function depthOf(value: unknown, levels = 0): number {
  if (typeof value !== 'object' || value === null || levels > MAX_DEPTH) return levels
  let deepest = levels + 1
  for (const inner of Object.values(value)) deepest = Math.max(deepest, depthOf(inner, levels + 1))
  return deepest
}
