import { notFound } from '../../server/problem.ts'
import { errorEntry } from '../../spec/errors.ts'
import { taskStatuses } from '../../spec/operations/query-batch-provisioning.ts'
import type { RowResult } from '../../world/batch/results.ts'
import type { Task, TaskStatus } from '../../world/batch/task.ts'
import { toIso } from '../../world/instant.ts'
import { doneAt } from './clock-line.tsx'
import { Change, Choice, TextField } from './controls.tsx'
import { Badge, Fact, Frame, Pager, Said, Table, TimeCell, type Tone } from './parts.tsx'
import { TimeLine } from './time-line.tsx'
import { hashOf, pageOf, pagesFor, routeOf, type ViewProps } from './view.ts'

type T = ViewProps['t']

const PAGE = 100
/** Rows settle as virtual time passes, without an event of their own. */
const WHILE_RUNNING_MS = 700

const tones: Readonly<Record<TaskStatus, Tone>> = {
  [taskStatuses.new]: 'calm',
  [taskStatuses.running]: 'busy',
  [taskStatuses.done]: 'good',
  [taskStatuses.failed]: 'bad',
}

const pollOf = (tasks: readonly Task[]): number | undefined =>
  tasks.some(({ isFinished }) => !isFinished) ? WHILE_RUNNING_MS : undefined

const countLabels = (t: T) => [t('tasks.success'), t('tasks.existing'), t('tasks.failed')]
const countsOf = ({ counts }: Task) => [counts.success, counts.existing, counts.failed]

/** Every batch task of a sandbox, newest first. */
export const TasksView = (props: ViewProps) => {
  const { sandbox, t, query } = props
  const all = [...sandbox.read().tasks.all()].reverse()
  const pages = pagesFor(all.length, PAGE)
  const page = pageOf(query['page'], pages)
  const tasks = all.slice((page - 1) * PAGE, page * PAGE)
  return (
    <Frame {...props} view="tasks" title={t('nav.tasks')} live="task clock sandbox" pollMs={pollOf(tasks)}>
      {tasks.length === 0 ? (
        <p class="empty">
          {t('tasks.none')} <a href="/__admin/docs#op-createBatchProvisioningTask">{t('tasks.next')}</a>
        </p>
      ) : (
        <Table
          label={t('nav.tasks')}
          head={[t('tasks.id'), t('common.status'), t('tasks.progress'), ...countLabels(t), t('tasks.created')]}
        >
          {tasks.map((task) => (
            <tr data-key={task.id}>
              <th scope="row">
                <a href={hashOf('task', { sandbox: sandbox.id, id: task.id })}>{task.id}</a>
              </th>
              <td>
                <TaskBadge {...props} task={task} />
              </td>
              <td>
                <Progress t={t} task={task} />
              </td>
              {countsOf(task).map((count) => (
                <td class="number">{count}</td>
              ))}
              <TimeCell iso={toIso(task.createdAt)} />
            </tr>
          ))}
        </Table>
      )}
      <Pager t={t} view="tasks" params={{ sandbox: sandbox.id }} page={page} pages={pages} />
    </Frame>
  )
}

/** One task with its rows. */
export const TaskDetailView = (props: ViewProps) => {
  const { sandbox, t, query } = props
  const { id = '' } = query
  const task = sandbox.read().tasks.get(id)
  if (task === undefined)
    throw notFound(`Sandbox ${sandbox.id} has no task "${id}". GET /__admin/sandboxes/${sandbox.id}/tasks lists them.`)
  const rows = rowsFound(task, query)
  const pages = pagesFor(rows.length, PAGE)
  const page = pageOf(query['page'], pages)
  const { only, find } = query
  return (
    <Frame {...props} view="tasks" title={`${t('tasks.id')} ${id}`} live="task clock request" pollMs={pollOf([task])}>
      <p class="crumbs">
        <a href={hashOf('tasks', { sandbox: sandbox.id })}>← {t('nav.tasks')}</a>
      </p>
      <div class="summary">
        <TaskBadge {...props} task={task} />
        <Progress t={t} task={task} />
        {!task.isFinished && <EndButtons {...props} task={task} />}
      </div>
      <dl class="facts">
        {countLabels(t).map((label, index) => (
          <Fact term={label}>{countsOf(task)[index]}</Fact>
        ))}
      </dl>
      <TimeLine {...props} task={task} />
      <RowFilter {...props} count={rows.length} total={task.total} />
      <Table
        label={t('tasks.rows')}
        head={[t('tasks.row'), t('tasks.name'), t('tasks.phone'), t('tasks.outcome'), t('tasks.reason')]}
      >
        {rows.slice((page - 1) * PAGE, page * PAGE).map((at) => (
          <Row {...props} task={task} at={at} />
        ))}
      </Table>
      {rows.length === 0 && <p class="empty">{t('tasks.noRow')}</p>}
      <Pager t={t} view="task" params={{ sandbox: sandbox.id, id, only, find }} page={page} pages={pages} />
    </Frame>
  )
}

/** Rows that the reader wants to see: all, those of one outcome, those that a text is found in. */
function rowsFound(task: Task, { only = '', find = '' }: ViewProps['query']): number[] {
  const wanted = find.trim().toLowerCase()
  const all = Array.from({ length: task.total }, (_, at) => at)
  return all.filter((at) => (only === '' || outcomeOf(task, at) === only) && (wanted === '' || says(task, at, wanted)))
}

const outcomeOf = (task: Task, at: number): string => task.resultAt(at)?.outcome ?? 'pending'

function says(task: Task, at: number, wanted: string): boolean {
  const row = task.rows.at(at)
  const result = task.resultAt(at)
  const userId = result !== undefined && result.outcome !== 'failed' ? result.userId : ''
  return String(at + 1) === wanted || [row?.name, row?.phone, userId].some((one) => one?.toLowerCase().includes(wanted))
}

const RowFilter = ({ t, query, count, total }: ViewProps & { count: number; total: number }) => (
  <div class="toolbar">
    <form class="inline" data-navigate="task">
      <input type="hidden" name="id" value={query['id'] ?? ''} />
      <Choice
        label={t('tasks.only')}
        name="only"
        any={t('tasks.onlyAll')}
        of={(['success', 'existing', 'failed', 'pending'] as const).map((one) => [one, t(`tasks.${one}`)])}
        chosen={query['only']}
        submits
      />
      <TextField label={t('tasks.find')} name="find" type="search" value={query['find'] ?? ''} />
      <button type="submit">{t('common.apply')}</button>
    </form>
    <p class="count">
      <strong>{t('tasks.found', { count, total })}</strong>
    </p>
  </div>
)

const EndButtons = ({ sandbox, t, task }: ViewProps & { task: Task }) => (
  <div class="buttons">
    {doneAt(task) !== undefined && (
      <Change
        class="is-main"
        method="PUT"
        url={routeOf(sandbox, '/clock')}
        body={{ now: toIso(doneAt(task) ?? 0) }}
        done={t('clock.changed')}
      >
        {t('timeline.advance')}
      </Change>
    )}
    {(['complete', 'fail'] as const).map((end) => (
      <Change
        method="POST"
        url={routeOf(sandbox, `/tasks/${task.id}/${end}`)}
        done={t(end === 'complete' ? 'tasks.completed' : 'tasks.wasFailed')}
      >
        {t(`tasks.${end}`)}
      </Change>
    ))}
  </div>
)

const TaskBadge = ({ sandbox, t, task }: ViewProps & { task: Task }) => {
  const status = task.statusAt(sandbox.clock.now())
  return <Badge tone={tones[status]}>{t(`tasks.status${status}`)}</Badge>
}

const Progress = ({ t, task }: { t: T; task: Task }) => (
  <span class="progress">
    <progress value={task.settled} max={task.total} aria-label={t('tasks.progressOf', { id: task.id })}></progress>
    <span>{t('tasks.settled', { settled: task.settled, total: task.total })}</span>
  </span>
)

const outcomeTones = { success: 'good', existing: 'busy', failed: 'bad' } as const

/** What became of a row, or that it has not been its turn yet. */
export const RowOutcome = ({ t, result }: { t: T; result: RowResult | undefined }) =>
  result === undefined ? (
    <span>{t('tasks.pending')}</span>
  ) : (
    <Badge tone={outcomeTones[result.outcome]}>{t(`tasks.${result.outcome}`)}</Badge>
  )

interface RowProps extends ViewProps {
  readonly task: Task
  readonly at: number
}

const Row = ({ t, language, sandbox, task, at }: RowProps) => {
  const { name = '', phone = '' } = task.rows.at(at) ?? {}
  const result = task.resultAt(at)
  return (
    <tr data-key={String(at)}>
      <td class="number">{at + 1}</td>
      <td>{name}</td>
      <td>
        <code>{phone}</code>
      </td>
      <td>
        <RowOutcome t={t} result={result} />
      </td>
      <td>{result !== undefined && <Reason language={language} sandboxId={sandbox.id} result={result} />}</td>
    </tr>
  )
}

interface ReasonProps {
  readonly language: ViewProps['language']
  readonly sandboxId: string
  readonly result: RowResult
}

const Reason = ({ language, sandboxId, result }: ReasonProps) => {
  if (result.outcome !== 'failed') {
    return (
      <a href={hashOf('user', { sandbox: sandboxId, id: result.userId })}>
        <code>{result.userId}</code>
      </a>
    )
  }
  const { code, message } = errorEntry(result.error)
  return (
    <span>
      {code} {message[language]} <Said language={language} english={result.detail ?? ''} />
    </span>
  )
}
