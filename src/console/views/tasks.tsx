import { notFound } from '../../server/problem.ts'
import { errorEntry } from '../../spec/errors.ts'
import { taskStatuses } from '../../spec/operations/query-batch-provisioning.ts'
import type { RowResult } from '../../world/batch/results.ts'
import type { Task, TaskStatus } from '../../world/batch/task.ts'
import { toIso } from '../../world/instant.ts'
import { Badge, Frame, Pager, Table, Time, type Tone } from './parts.tsx'
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
        <p class="empty">{t('tasks.none')}</p>
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
              <td>
                <Time iso={toIso(task.createdAt)} />
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Pager t={t} view="tasks" params={{ sandbox: sandbox.id }} page={page} pages={pages} />
    </Frame>
  )
}

/** One task with its rows. */
export const TaskView = (props: ViewProps) => {
  const { sandbox, t, query } = props
  const { id = '' } = query
  const task = sandbox.read().tasks.get(id)
  if (task === undefined) throw notFound(`The sandbox ${sandbox.id} has no task "${id}" (any more).`)
  const pages = pagesFor(task.total, PAGE)
  const page = pageOf(query['page'], pages)
  const from = (page - 1) * PAGE
  return (
    <Frame {...props} view="tasks" title={`${t('tasks.id')} ${id}`} live="task clock" pollMs={pollOf([task])}>
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
          <div>
            <dt>{label}</dt>
            <dd>{countsOf(task)[index]}</dd>
          </div>
        ))}
      </dl>
      <Table
        label={t('tasks.rows')}
        head={[t('tasks.row'), t('tasks.name'), t('tasks.phone'), t('tasks.outcome'), t('tasks.reason')]}
      >
        {rowsOf(task, from).map(({ name, phone }, index) => (
          <Row t={t} task={task} at={from + index} name={name} phone={phone} />
        ))}
      </Table>
      <Pager t={t} view="task" params={{ sandbox: sandbox.id, id }} page={page} pages={pages} />
    </Frame>
  )
}

const EndButtons = ({ sandbox, t, task }: ViewProps & { task: Task }) => (
  <div class="buttons">
    {(['complete', 'fail'] as const).map((end) => (
      <button
        type="button"
        data-method="POST"
        data-url={routeOf(sandbox, `/tasks/${task.id}/${end}`)}
        data-done={t(end === 'complete' ? 'tasks.completed' : 'tasks.wasFailed')}
      >
        {t(`tasks.${end}`)}
      </button>
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

const rowsOf = ({ rows }: Task, from: number) =>
  Array.from({ length: PAGE }, (_, index) => rows.at(from + index) ?? []).flat()

interface RowProps {
  readonly t: T
  readonly task: Task
  readonly at: number
  readonly name: string
  readonly phone: string
}

const Row = ({ t, task, at, name, phone }: RowProps) => {
  const result = task.resultAt(at)
  return (
    <tr data-key={String(at)}>
      <td class="number">{at + 1}</td>
      <td>{name}</td>
      <td>
        <code>{phone}</code>
      </td>
      <td>
        {result === undefined ? (
          t('tasks.pending')
        ) : (
          <Badge tone={outcomeTones[result.outcome]}>{t(`tasks.${result.outcome}`)}</Badge>
        )}
      </td>
      <td>{result !== undefined && <Reason result={result} />}</td>
    </tr>
  )
}

const Reason = ({ result }: { result: RowResult }) => {
  if (result.outcome !== 'failed') return <code>{result.userId}</code>
  const { code, message } = errorEntry(result.error)
  return (
    <span lang="en">
      {code} {message['en-US']} {result.detail}
    </span>
  )
}
