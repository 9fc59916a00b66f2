import { explainMistake } from '../scenarios/explain.ts'
import { readYaml } from '../scenarios/yaml-file.ts'
import { bounds } from '../shared/bounds.ts'
import { readTextFile, unreadable } from '../shared/text-file.ts'
import type { Route } from './route.ts'
import { routesFileSchema } from './schema.ts'

const LONGEST_FILE = bounds.routeFileCharacters.value

/** That routes cannot be used. The message names file, line and path of the first mistake, and what is allowed there. */
export class RouteError extends Error {
  override name = 'RouteError' as const
}

/**
 * Routes from a YAML or JSON file.
 *
 * @throws RouteError
 */
export async function readRoutesFile(file: string): Promise<readonly Route[]> {
  let text: string
  try {
    text = readTextFile(file)
  } catch (error) {
    throw new RouteError(`${file} cannot be read: ${unreadable(error)}.`)
  }
  return parseRoutes(text, file)
}

/**
 * Routes from the text of a YAML or JSON file.
 *
 * @throws RouteError
 */
export async function parseRoutes(text: string, file: string): Promise<readonly Route[]> {
  if (text.length > LONGEST_FILE) {
    throw new RouteError(`${file} has ${text.length} characters; a file with routes takes at most ${LONGEST_FILE}.`)
  }
  const { value, lineOf } = await readYaml(text, (line, message) => new RouteError(`${file}:${line}: ${message}`))
  const result = routesFileSchema().safeParse(value)
  if (result.success) return Array.isArray(result.data) ? result.data : result.data.routes
  const { keys, path, detail } = explainMistake(routesFileSchema(), result.error, value)
  throw new RouteError(`${file}:${lineOf(keys)}: ${path || 'routes'}: ${detail}`)
}
