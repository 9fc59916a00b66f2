import type { Scenario } from '../scenario.ts'

export const maintenance: Scenario = {
  name: 'maintenance',
  title: 'Maintenance',
  teaches:
    'For thirty seconds, and again every ten minutes, the service answers 503 with a Retry-After that counts down to the end of the outage. Wait for that long instead of hammering, and resume where you were.',
  faults: [{ kind: 'error', status: 503, forSeconds: 30, everySeconds: 600 }],
}
