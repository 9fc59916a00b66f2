import type { Check } from '../check.ts'
import { taskOutcomeChecks } from './task-outcomes.ts'
import { taskPageChecks } from './task-pages.ts'
import { taskProgressChecks } from './task-progress.ts'
import { taskRowChecks } from './task-rows.ts'

/** Checks of the life of a task, of its rows, of what they say, and of its pages. */
export const queryChecks: readonly Check[] = [
  ...taskProgressChecks,
  ...taskRowChecks,
  ...taskOutcomeChecks,
  ...taskPageChecks,
]
