import type { Scenario } from '../scenario.ts'

export const race: Scenario = {
  name: 'race',
  title: 'Somebody else is faster',
  teaches:
    'Pre-verification passes, and yet every other row is skipped: somebody creates the same user between preverify and create. A check before an act is a hint, never a promise. Take the userId of the skipped row instead of calling it a failure.',
  batch: {
    rules: [
      { rows: { every: 2 }, outcome: 'success' },
      { rows: {}, outcome: 'rival' },
    ],
  },
}
