import type { Scenario } from '../scenario.ts'

export const quotaExhausted: Scenario = {
  name: 'quota-exhausted',
  title: 'No capacity left',
  teaches:
    'The organisation has no free capacity: pre-verification refuses every row that asks for space, and every row of a batch fails with 13000311. Nothing a retry could cure; tell the operator.',
  directory: { freeCapacityGb: 0 },
}
