import type { JournalEntry } from '../../journal/journal-entry.ts'
import type { Task } from '../../world/batch/task.ts'
import { toIso } from '../../world/instant.ts'
import { doneAt } from './clock-line.tsx'
import { Card, Table, TimeCell } from './parts.tsx'
import { hashOf, type ViewProps } from './view.ts'

type T = ViewProps['t']

const WIDTH = 1000
const HEIGHT = 64
const BINS = 80
/** Polls that are listed; a client may have polled ten thousand times. */
const LISTED = 20

const POLL = 'queryBatchProvisioning'

interface TimeLineProps extends ViewProps {
  readonly task: Task
}

/** What became of a task when: created, rows, polls, done, as a picture and as a list. */
export const TimeLine = (props: TimeLineProps) => {
  const { t, task, sandbox } = props
  const polls = pollsOf(props)
  const now = sandbox.clock.now()
  const ends = doneAt(task)
  const to = Math.max(now, ends ?? now, ...polls.map(({ at }) => at), task.createdAt + 1)
  return (
    <Card id="timeline-title" title={t('timeline.title')}>
      <Picture t={t} task={task} polls={polls} now={now} to={to} />
      {ends === undefined && <p class="notice">{t('timeline.never')}</p>}
      <Events {...props} polls={polls} ends={ends} />
      {polls.length > LISTED && <p class="hint">{t('timeline.more', { count: polls.length - LISTED })}</p>}
    </Card>
  )
}

/** The polls of a task that the journal still has, the oldest first. */
function pollsOf({ deps, sandbox, task }: TimeLineProps): JournalEntry[] {
  const asks = new RegExp(`[?&]taskId=${task.id}(?:&|$)`)
  return deps.journals
    .of(sandbox)
    .list({ operation: POLL })
    .filter(({ target }) => asks.test(target))
    .reverse()
}

/** When a row was or will be settled. */
const settledAt = ({ finishedAt, plan }: Task, row: number): number =>
  Math.min(plan.dueAt(row), finishedAt ?? Number.POSITIVE_INFINITY)

interface PictureProps {
  readonly t: T
  readonly task: Task
  readonly polls: readonly JournalEntry[]
  readonly now: number
  readonly to: number
}

const Picture = ({ t, task, polls, now, to }: PictureProps) => {
  const from = task.createdAt
  const x = (at: number): number => Math.round(((at - from) / (to - from)) * WIDTH)
  const bins = new Array<number>(BINS).fill(0)
  for (let row = 0; row < task.total; row += 1) {
    const at = settledAt(task, row)
    if (!Number.isFinite(at)) break
    const bin = Math.min(BINS - 1, Math.floor(((at - from) / (to - from)) * BINS))
    bins[bin] = (bins[bin] ?? 0) + 1
  }
  const most = Math.max(1, ...bins)
  const label = t('timeline.picture', { from: toIso(from), to: toIso(to) })
  return (
    <svg
      class="timeline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT + 16}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {bins.map((count, bin) => {
        const height = Math.ceil((count / most) * HEIGHT)
        const left = (bin * WIDTH) / BINS
        const isAhead = from + ((to - from) * bin) / BINS > now
        return count === 0 ? null : (
          <rect
            class={isAhead ? 'rows is-ahead' : 'rows'}
            x={left + 1}
            y={HEIGHT - height}
            width={WIDTH / BINS - 2}
            height={height}
          />
        )
      })}
      <line class="axis" x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
      {polls.map(({ at }) => (
        <line class="poll" x1={x(at)} x2={x(at)} y1={HEIGHT + 2} y2={HEIGHT + 14} />
      ))}
      <line class="now" x1={x(now)} x2={x(now)} y1="0" y2={HEIGHT + 16} />
    </svg>
  )
}

interface LineEvent {
  readonly at: number
  readonly what: string
  /** Request that it is known by. */
  readonly exchange?: string
}

interface EventsProps extends TimeLineProps {
  readonly polls: readonly JournalEntry[]
  readonly ends: number | undefined
}

/** The same in words, in the order of virtual time. */
const Events = ({ t, sandbox, task, polls, ends }: EventsProps) => {
  const half = Math.ceil(task.total / 2)
  const events: LineEvent[] = [
    { at: task.createdAt, what: t('timeline.created') },
    ...(task.plan.startsAt > task.createdAt && !(task.isFinished && (task.finishedAt ?? 0) < task.plan.startsAt)
      ? [{ at: task.plan.startsAt, what: t('timeline.starts') }]
      : []),
    ...[...new Set([1, half, task.total])]
      .filter((count) => Number.isFinite(settledAt(task, count - 1)))
      .map((count) => ({
        at: settledAt(task, count - 1),
        what: t('timeline.rows', { count, total: task.total }),
      })),
    ...polls.slice(0, LISTED).map(
      (entry, index): LineEvent => ({
        at: entry.at,
        what: t('timeline.poll', { number: index + 1, seen: seenBy(t, entry) }),
        exchange: entry.requestId,
      }),
    ),
    ...(ends === undefined ? [] : [{ at: ends, what: endText(t, task, sandbox.clock.now()) }]),
  ].sort((one, other) => one.at - other.at)
  return (
    <Table
      label={t('timeline.title') + t('common.colon') + t('common.time')}
      head={[t('common.time'), t('timeline.event')]}
    >
      {events.map(({ at, what, exchange }) => (
        <tr>
          <TimeCell iso={toIso(at)} />
          <td>
            {exchange !== undefined ? (
              <a href={hashOf('exchange', { sandbox: sandbox.id, id: exchange })}>{what}</a>
            ) : (
              what
            )}
          </td>
        </tr>
      ))}
    </Table>
  )
}

/** What a poll saw: the progress it was told, or that it was refused. */
function seenBy(t: T, { responseBody, status }: JournalEntry): string {
  const [, state] = /"status":\s*"?(\d)"?/.exec(responseBody) ?? []
  if (status !== 200 || state === undefined) return `HTTP ${status}`
  const counts = ['successCount', 'failCount', 'skipCount'].map((name) =>
    Number(new RegExp(`"${name}":\\s*"?(\\d+)`).exec(responseBody)?.[1] ?? 0),
  )
  return t('timeline.pollSeen', { status: state, settled: counts.reduce((sum, one) => sum + one, 0) })
}

function endText(t: T, task: Task, now: number): string {
  if (!task.isFinished) return t('timeline.due')
  return t(task.statusAt(now) === '3' ? 'timeline.failed' : 'timeline.done')
}
