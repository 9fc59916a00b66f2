import type { Scenario } from '../scenario.ts'

export const allFail: Scenario = {
  name: 'all-fail',
  title: 'Every row fails',
  teaches:
    'Not one user comes to be, and still create and query answer 200 and code 0. A client that looks at the envelope only reports a success.',
  batch: { rules: [{ rows: {}, outcome: 'fail', error: 'verifyParametersFailed' }] },
}
