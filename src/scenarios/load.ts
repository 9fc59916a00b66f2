import { builtInScenario } from './built-in.ts'
import { readScenarioFile } from './parse.ts'
import type { Scenario } from './scenario.ts'

const isFile = (nameOrFile: string): boolean => /\.(?:ya?ml|json)$/i.test(nameOrFile)

/**
 * A scenario by the name of a built-in one or from a YAML or JSON file.
 *
 * @throws ScenarioError
 */
export async function loadScenario(nameOrFile: string): Promise<Scenario> {
  if (!isFile(nameOrFile)) return builtInScenario(nameOrFile)
  return readScenarioFile(nameOrFile)
}
