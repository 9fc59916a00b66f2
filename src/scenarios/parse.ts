import { readTextFile, unreadable } from '../shared/text-file.ts'
import { builtInScenario, ScenarioError } from './built-in.ts'
import { explainMistake } from './explain.ts'
import type { Scenario } from './scenario.ts'
import { scenarioSchema } from './schema.ts'
import type { MostYaml } from './yaml-file.ts'

/**
 * A scenario from a value that came in some other way than from a file, such as a request.
 *
 * @throws ScenarioError that names the path of the first mistake.
 */
export function toScenario(value: unknown): Scenario {
  const result = scenarioSchema().safeParse(value)
  if (result.success) return result.data
  const { path, detail } = explainMistake(scenarioSchema(), result.error, value)
  throw new ScenarioError(`${path === '' ? 'scenario' : `scenario.${path}`}: ${detail}`)
}

/**
 * A scenario from a YAML or JSON file.
 *
 * @throws ScenarioError that names file, line and path of the first mistake, and what is allowed there.
 */
export async function readScenarioFile(file: string): Promise<Scenario> {
  let text: string
  try {
    text = readTextFile(file)
  } catch (error) {
    throw new ScenarioError(`Scenario file ${file} cannot be read: ${unreadable(error)}.`)
  }
  return parseScenario(text, file)
}

/**
 * A scenario from the text of a YAML or JSON file.
 *
 * @throws ScenarioError that names file, line and path of the first mistake, and what is allowed there.
 */
export async function parseScenario(text: string, file: string, most?: MostYaml): Promise<Scenario> {
  const { readYaml } = await import('./yaml-file.ts')
  const mistake = (line: number, message: string) => new ScenarioError(`${file}:${line}: ${message}`)
  const { value, lineOf } = await readYaml(text, mistake, most)
  const result = scenarioSchema().safeParse(value)
  if (result.success) return result.data
  const { keys, path, detail } = explainMistake(scenarioSchema(), result.error, value)
  throw new ScenarioError(`${file}:${lineOf(keys)}: ${path || 'scenario'}: ${detail}`)
}

/** Whether this is the name of a file, and not of a built-in scenario. */
export const isFile = (nameOrFile: string): boolean => /\.(?:ya?ml|json)$/i.test(nameOrFile)

/**
 * A scenario by the name of a built-in one or from a YAML or JSON file.
 *
 * @throws ScenarioError
 */
export async function loadScenario(nameOrFile: string): Promise<Scenario> {
  if (!isFile(nameOrFile)) return builtInScenario(nameOrFile)
  return readScenarioFile(nameOrFile)
}
