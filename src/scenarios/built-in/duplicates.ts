import type { Scenario } from '../scenario.ts'

export const duplicates: Scenario = {
  name: 'duplicates',
  title: 'Users that exist already',
  teaches:
    'Every other row names a phone that has a user. Such a row is skipped, not failed: code 40000009, with the userId of the user there is. Take that userId and go on; a client that counts skips as errors, or sends them again, never comes to an end.',
  batch: {
    rules: [
      { rows: { every: 2 }, outcome: 'success' },
      { rows: {}, outcome: 'exists' },
    ],
  },
}
