import type { Scenario } from '../scenario.ts'

export const flaky: Scenario = {
  name: 'flaky',
  title: 'Now and then it breaks',
  teaches:
    'A call in five meets a 500, a 503 or a connection that is cut, some of them after the service has done the work. Reads may be repeated with a growing pause. A create that ended without an answer may have arrived: look before you send it again.',
  faults: [
    { kind: 'error', status: 500, probability: 0.08 },
    { kind: 'error', status: 503, retryAfterSeconds: 1, probability: 0.05 },
    { kind: 'reset', probability: 0.05 },
    { kind: 'reset', strikes: 'after', probability: 0.03 },
  ],
}
