import type { Scenario } from '../scenario.ts'

export const slowNetwork: Scenario = {
  name: 'slow-network',
  title: 'A slow line',
  teaches:
    'Every answer is late, and its body comes in small pieces. Set a timeout for the whole call, not just for the connection, and make it long enough: a call that you gave up on may have been carried out.',
  faults: [
    { kind: 'latency', delay: { minMs: 100, maxMs: 400 } },
    { kind: 'drip', chunkBytes: 512, everyMs: 20 },
  ],
}
