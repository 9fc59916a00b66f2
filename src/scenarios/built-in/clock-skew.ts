import type { Scenario } from '../scenario.ts'

export const clockSkew: Scenario = {
  name: 'clock-skew',
  title: 'Your clock is two minutes fast',
  teaches:
    'The clock of the service is two minutes behind. An X-Date in the future is refused at once, without tolerance. Compare your clock with the Date header of the refusal, sign with the corrected time, and repeat the call.',
  authentication: { clockOffsetSeconds: -120 },
}
