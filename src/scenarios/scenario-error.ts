/** Thrown when a scenario does not exist or its file is wrong; the message names file, line and path. */
export class ScenarioError extends Error {
  override name = 'ScenarioError' as const
}
