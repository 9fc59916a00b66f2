import type { Scenario } from '../scenario.ts'

export const failingBatch: Scenario = {
  name: 'failing-batch',
  title: 'A task that fails as a whole',
  teaches:
    'The second row brings the task down: status 3, and the rows behind it have no outcome at all. The counts do not add up to the total then. Do not wait for them, and find out what was provisioned before.',
  batch: {
    rules: [{ rows: { from: 1 }, outcome: 'task-fails', error: 'innerServerInvokeFailure' }],
    finalStatus: 'failed',
  },
}
