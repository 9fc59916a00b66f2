import { builtInScenarios } from './built-in.ts'
import { nearest } from './nearest.ts'
import type { Scenario } from './scenario.ts'
import { ScenarioError } from './scenario-error.ts'

/** The built-in scenario with this name. */
export function builtInScenario(name: string): Scenario {
  const found = builtInScenarios.find((scenario) => scenario.name === name)
  if (found !== undefined) return found
  const known = builtInScenarios.map((scenario) => scenario.name)
  const meant = nearest(name, known)
  const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`
  throw new ScenarioError(
    `There is no scenario "${name}".${hint} Built in: ${known.join(', ')}. A file name ends in .yaml, .yml or .json.`,
  )
}
