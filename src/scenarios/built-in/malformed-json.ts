import type { Scenario } from '../scenario.ts'

export const malformedJson: Scenario = {
  name: 'malformed-json',
  title: 'Answers that are no JSON',
  teaches:
    'The first answer and every other after it is cut short by a proxy, so it has status 200 and is no JSON. Treat it as a failed call, not as an empty result, and not as a reason to fall over.',
  faults: [{ kind: 'malformed', every: 2 }],
}
