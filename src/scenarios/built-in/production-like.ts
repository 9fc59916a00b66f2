import type { Scenario } from '../scenario.ts'

export const productionLike: Scenario = {
  name: 'production-like',
  title: 'A working day',
  teaches:
    'All of it in small doses: answers that take their time, an error or a refusal for haste now and then, batches that need a while, rows that fail or exist already. A client that gets through this a hundred times is ready.',
  batch: {
    startDelaySeconds: 1,
    rowsPerSecond: 50,
    rules: [
      { rows: { every: 20 }, outcome: 'fail', error: 'verifyParametersFailed' },
      { rows: { every: 10 }, outcome: 'exists' },
    ],
  },
  faults: [
    { kind: 'latency', delay: { medianMs: 40, sigma: 0.6 } },
    { kind: 'error', status: 500, probability: 0.01 },
    { kind: 'error', status: 503, retryAfterSeconds: 1, probability: 0.01 },
    { kind: 'throttle', quota: 50, windowSeconds: 1 },
  ],
}
