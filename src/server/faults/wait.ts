import type { Wire } from '../http/wire.ts'
import type { SystemTime } from '../system-time.ts'

/**
 * Holds a request back for some real milliseconds. False when the client hung up meanwhile; the timer is gone then,
 * and so is the listener in either case.
 */
export function waitWith(time: SystemTime, wire: Wire, ms: number): Promise<boolean> {
  if (ms <= 0) return Promise.resolve(true)
  return new Promise((resolve) => {
    const stopListening = wire.whenGone(() => {
      stopTimer()
      resolve(false)
    })
    const stopTimer = time.after(ms, () => {
      stopListening()
      resolve(true)
    })
  })
}
