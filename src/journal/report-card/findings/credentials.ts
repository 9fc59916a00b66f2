import { parseXDate } from '../../../signing/index.ts'
import { type Call, groupBy } from '../call.ts'
import { defineFinding, type Evidence } from '../finding.ts'

export const tokenAfterExpiry = defineFinding({
  id: 'token-after-expiry',
  title: 'Uses an access token after it expired',
  severity: 'warning',
  why: 'A token lives 20 minutes after its last use: long pauses and long polls fail in production only.',
  cure: 'Note when the token was last used, renew it in time, and renew it once on a 401 before repeating the call.',
  find: (calls) =>
    calls
      .filter(({ entry }) => /\btoken\.expired\b/.test(entry.rule))
      .map(
        ({ id, operation }): Evidence => ({
          requestIds: [id],
          detail: `${operation} was called with an expired token.`,
        }),
      ),
})

const DRIFT_MS = 60_000

/** Whether X-Date is right by the real time of a call: then a clock that was moved or stopped is that of the sandbox. */
const isNearRealTime = (date: number, { entry: { realAt } }: Call): boolean =>
  realAt !== undefined && Math.abs(date - realAt) <= DRIFT_MS

export const clockDrift = defineFinding({
  id: 'clock-drift',
  title: 'Signs with a clock that is off',
  severity: 'warning',
  why: 'X-Date may be 15 minutes old and not a second ahead: a drifting clock, or a signature kept for later, is refused some day.',
  cure: 'Sign each request when it is sent, in UTC; take the offset from the Date header of an answer, or run NTP.',
  find: (calls) => {
    const off = calls.flatMap((call) => {
      const date = parseXDate(call.header('x-date')?.trim() ?? '')
      if (date === undefined) return []
      const driftMs = date - call.at
      // The clock of the sandbox was moved, not that of the client.
      if (isNearRealTime(date, call)) return []
      const isRefused = /\bdate-(?:future|expired)\b/.test(call.entry.rule)
      return isRefused || Math.abs(driftMs) > DRIFT_MS ? [{ call, driftMs }] : []
    })
    const worst = off.reduce((most, { driftMs }) => (Math.abs(driftMs) > Math.abs(most) ? driftMs : most), 0)
    if (off.length === 0) return []
    const detail = `X-Date was up to ${Math.abs(worst) / 1000} s ${worst > 0 ? 'ahead of' : 'behind'} the clock of the service in ${off.length} calls.`
    return [{ requestIds: off.map(({ call }) => call.id), detail }]
  },
})

export const secretInUrl = defineFinding({
  id: 'secret-in-url',
  title: 'Puts a secret into the URL',
  severity: 'error',
  why: 'URLs are written to access logs, proxies and histories, where tokens and passwords are found.',
  cure: 'Send tokens in the Authorization header and passwords in the body only.',
  find: (calls, { shownTarget }) =>
    calls.flatMap((call): Evidence[] => {
      const shown = shownTarget(call)
      return shown === call.entry.target ? [] : [{ requestIds: [call.id], detail: `${call.entry.method} ${shown}` }]
    }),
})

export const signatureMistakes = defineFinding({
  id: 'signature-mistakes',
  title: 'Signs requests wrongly',
  severity: 'error',
  why: 'The service answers 401 without a reason; only the diagnosis of the mock tells what was signed differently.',
  cure: 'Read the diagnosis of the exchange; `koodrive-mock sign --explain` prints every step of the right signature.',
  find: (calls) => {
    const wrong = groupBy(calls, ({ mistake }) => mistake)
    return [...wrong].map(
      ([mistake, same]): Evidence => ({
        requestIds: same.map(({ id }) => id),
        detail: `${same.length} ${same.length === 1 ? 'request' : 'requests'}: ${mistake}`,
      }),
    )
  },
})
