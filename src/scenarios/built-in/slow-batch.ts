import type { Scenario } from '../scenario.ts'

export const slowBatch: Scenario = {
  name: 'slow-batch',
  title: 'A batch that takes minutes',
  teaches:
    'The task waits half a minute and then settles one row a second. Poll at a calm pace with a deadline of your own, show the counts as they grow, and keep the task id: a second create would provision twice.',
  batch: { startDelaySeconds: 30, rowsPerSecond: 1 },
}
