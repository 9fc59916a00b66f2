import type { Exchange } from '../http/exchange.ts'
import type { SystemTime } from '../system-time.ts'

/**
 * Holds an exchange back for some real milliseconds. False when the client hung up meanwhile; the timer is gone then,
 * and so is the listener in either case.
 */
export function waitWith(time: SystemTime, exchange: Exchange, ms: number): Promise<boolean> {
  if (ms <= 0) return Promise.resolve(true)
  return new Promise((resolve) => {
    const stopListening = exchange.whenGone(() => {
      stopTimer()
      resolve(false)
    })
    const stopTimer = time.after(ms, () => {
      stopListening()
      resolve(true)
    })
  })
}
