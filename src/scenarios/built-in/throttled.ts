import type { Scenario } from '../scenario.ts'

export const throttled: Scenario = {
  name: 'throttled',
  title: 'Too many requests',
  teaches:
    'Five calls pass in any ten seconds; the others are refused with 429 and a Retry-After that says when the next window opens. Wait that long, then go on. A client that retries at once only uses up the next window.',
  faults: [{ kind: 'throttle', quota: 5, windowSeconds: 10 }],
}
