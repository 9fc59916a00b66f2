import { bounds, mostFileValues } from '../shared/bounds.ts'
import { hasMoreValues } from '../shared/json.ts'
import { badRequest } from './problem.ts'

/**
 * Refuses JSON of more values than anybody means, before they take a hundred times its size. A file, such as a log or a snapshot,
 * has more of them the longer it is.
 *
 * @throws Problem 400
 */
export function refuseDense(text: string, isFile: boolean): void {
  const most = isFile ? mostFileValues(text) : bounds.controlBodyValues.value
  // Two characters a value at least.
  if (text.length < 2 * most || !hasMoreValues(text, most)) return
  throw badRequest(`The body has more than ${Math.floor(most)} lists, objects, entries and fields.`)
}
