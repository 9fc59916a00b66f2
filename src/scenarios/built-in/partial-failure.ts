import type { Scenario } from '../scenario.ts'

export const partialFailure: Scenario = {
  name: 'partial-failure',
  title: 'Some rows fail',
  teaches:
    'The task ends as done although every other row failed. A status of 2 says that the batch was worked through, not that it worked: read the outcome of each row on every page, and report or repair the failed ones by their codes.',
  batch: {
    rules: [
      { rows: { every: 4 }, outcome: 'fail', error: 'insufficientSpace' },
      { rows: { every: 2 }, outcome: 'fail', error: 'verifyParametersFailed' },
    ],
  },
}
