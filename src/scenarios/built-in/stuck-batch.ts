import type { Scenario } from '../scenario.ts'

export const stuckBatch: Scenario = {
  name: 'stuck-batch',
  title: 'A batch that never ends',
  teaches:
    'Half of the rows settle, the rest never does, and the status stays 1 for ever. A client needs a deadline, and words for a task that was neither done nor failed.',
  batch: { stopAfterFraction: 0.5 },
}
