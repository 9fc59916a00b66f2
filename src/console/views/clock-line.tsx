import type { JournalEntry } from '../../journal/journal-entry.ts'
import { firstHeader } from '../../shared/headers.ts'
import { formatXDate, parseXDate } from '../../signing/index.ts'
import type { Task } from '../../world/batch/task.ts'
import { toIso } from '../../world/instant.ts'
import type { State } from '../../world/state.ts'
import { isAlive } from '../../world/tokens.ts'
import { Change } from './controls.tsx'
import { hashOf, routeOf, type ViewProps } from './view.ts'

/** Virtual time, to the second, as people read it. */
const clockText = (ms: number): string =>
  toIso(Math.floor(ms / 1000) * 1000)
    .replace('T', ' ')
    .replace('Z', ' UTC')

/** How far something lies ahead: `15:01`, `2:00:00`. */
function aheadText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown.map((one, at) => (at === 0 ? String(one) : String(one).padStart(2, '0'))).join(':')
}

/** The clock of the sandbox in the head of every view: whether it stands, and jumps to what it brings about next. */
export const ClockLine = (props: Pick<ViewProps, 'deps' | 'sandbox' | 't'>) => {
  const { sandbox, t } = props
  const { now, frozen, rate } = sandbox.clock.read()
  return (
    <div class="clock-line">
      <a href={hashOf('clock', { sandbox: sandbox.id })} title={t('jump.clock')}>
        <time datetime={toIso(now)} data-ticks={String(now)} data-rate={String(frozen ? 0 : rate)}>
          {clockText(now)}
        </time>
      </a>
      <span class={`badge is-${frozen ? 'busy' : 'good'}`}>
        {frozen ? t('clock.frozen') : t('clock.running', { rate })}
      </span>
      <span class="jumps">
        {nextEvents(props).map(({ kind, at }) => (
          <Change
            class="is-small"
            method="PUT"
            url={routeOf(sandbox, '/clock')}
            body={{ now: toIso(at) }}
            done={t('clock.changed')}
            title={clockText(at)}
            aria-label={t('jump.to', { what: t(`jump.${kind}`) }) + t('jump.ahead', { time: aheadText(at - now) })}
          >
            {t(`jump.${kind}`)}
            <span class="ahead">{t('jump.ahead', { time: aheadText(at - now) })}</span>
          </Change>
        ))}
      </span>
    </div>
  )
}

/** Something that time brings about, and the first moment at which it has happened. */
interface NextEvent {
  readonly kind: 'taskDone' | 'tokenEnds' | 'xDateLimit'
  /** Virtual epoch milliseconds. */
  readonly at: number
}

/** How old an X-Date may be. Querying Batch Provisioning (2026-04-16), Table 2. */
const X_DATE_LIFE_MS = 900_000
/** Requests that are searched for the last signed one. */
const SEARCHED = 50

/** When a task has no rows left to settle; undefined when it never comes that far by itself. */
export function doneAt({ finishedAt, plan, total }: Task): number | undefined {
  const at = finishedAt ?? plan.dueAt(total - 1)
  return Number.isFinite(at) ? at : undefined
}

/** The next event of each kind, the soonest first. */
function nextEvents({ deps, sandbox }: Pick<ViewProps, 'deps' | 'sandbox'>): NextEvent[] {
  const state = sandbox.read()
  const { now, xDate } = sandbox.clock.read()
  const found: NextEvent[] = []
  const soonest = (kind: NextEvent['kind'], times: Iterable<number | undefined>) => {
    let first = Number.POSITIVE_INFINITY
    for (const at of times) if (at !== undefined && at > now && at < first) first = at
    if (first < Number.POSITIVE_INFINITY) found.push({ kind, at: first })
  }
  soonest('taskDone', [soonestEnd(state, now)])
  soonest('tokenEnds', expiries(state.tokens.all(), now))
  if (xDate === 'virtual') soonest('xDateLimit', [xDateLimit(deps.journals.of(sandbox).list({ limit: SEARCHED }), now)])
  return found.sort((one, other) => one.at - other.at)
}

/** When the first task of a state ends after `from`, as long as nothing else is done there. */
interface SoonestEnd {
  readonly sequence: number
  readonly from: number
  readonly at: number
}

/** Each page asks for it, and there may be ten thousand tasks to look through. */
const soonestEnds = new WeakMap<State, SoonestEnd>()

function soonestEnd(state: State, now: number): number {
  const { sequence, tasks } = state
  const known = soonestEnds.get(state)
  if (known?.sequence === sequence && known.from <= now && now < known.at) return known.at
  let at = Number.POSITIVE_INFINITY
  for (const task of tasks.all()) {
    const end = task.isFinished ? undefined : doneAt(task)
    if (end !== undefined && end > now && end < at) at = end
  }
  soonestEnds.set(state, { sequence, from: now, at })
  return at
}

type Tokens = Iterable<Parameters<typeof isAlive>[0]>

function* expiries(tokens: Tokens, now: number): Iterable<number | undefined> {
  for (const token of tokens) if (isAlive(token, now)) yield token.expiresAt
}

/** When the X-Date of the last signed request is too old; that of one signed now when there is none that still counts. */
function xDateLimit(entries: readonly JournalEntry[], now: number): number {
  const limitOf = (date: number) => date + X_DATE_LIFE_MS + 1000
  for (const { requestHeaders } of entries) {
    const date = parseXDate(firstHeader(requestHeaders, 'x-date') ?? '')
    if (date !== undefined && date <= now && limitOf(date) > now) return limitOf(date)
  }
  return limitOf(parseXDate(formatXDate(now)) ?? now)
}
