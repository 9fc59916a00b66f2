import { answerContradiction } from '../../routes/check.ts'
import type { RouteAnswer } from '../../routes/route.ts'
import { answerSchema } from '../../routes/schema.ts'
import { explainMistake } from '../../scenarios/explain.ts'

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
