import type { Fault } from '../../scenarios/scenario.ts'
import type { StrikingFault } from '../../world/commands.ts'

type Delay = Extract<Fault, { kind: 'latency' }>['delay']

/** No delay is longer, whatever a log-normal draw says. */
const MAX_MS = 600_000

/** Real milliseconds that a latency holds an answer back. */
export function delayMs(delay: Delay, [first, second]: StrikingFault['draws']): number {
  if ('ms' in delay) return delay.ms
  if ('minMs' in delay) return delay.minMs + first * Math.max(0, delay.maxMs - delay.minMs)
  // Box and Muller: two uniform draws make one normal one.
  const normal = Math.sqrt(-2 * Math.log(1 - first)) * Math.cos(2 * Math.PI * second)
  return Math.min(MAX_MS, delay.medianMs * Math.exp(delay.sigma * normal))
}
