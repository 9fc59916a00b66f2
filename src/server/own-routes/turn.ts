import type { Route, RouteAnswer } from '../../routes/route.ts'
import { placeholdersIn } from '../../routes/template.ts'

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
