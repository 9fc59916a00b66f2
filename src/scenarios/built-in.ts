import { happyPath } from './built-in/happy-path.ts'
import type { Scenario } from './schema.ts'

/** The scenarios that come with the mock; the first is the default. */
export const builtInScenarios: readonly Scenario[] = [happyPath]

export const defaultScenario = happyPath
