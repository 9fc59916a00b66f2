import { builtInScenario } from './built-in.ts'
import { readScenarioFile } from './parse.ts'
import type { Scenario } from './scenario.ts'

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
