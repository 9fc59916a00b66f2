import type { JournalEntry } from '../../journal/journal-entry.ts'
import { Viewer } from '../../journal/viewer.ts'
import type { Task } from '../../world/batch/task.ts'
import type { Command } from '../../world/commands.ts'
import { pathOf } from '../../world/directory/departments.ts'
import { maskMobile } from '../../world/directory/mobiles.ts'
import type { User } from '../../world/directory/user.ts'
import { toIso } from '../../world/instant.ts'
import { isTextKey } from '../texts/texts.ts'
import { Badge, Card, Fact, Frame, Status, Table, TimeCell } from './parts.tsx'
import { RowOutcome } from './tasks.tsx'
import { hashOf, type ViewProps } from './view.ts'

/** Lines of each list: the newest. */
const LISTED = 50

/** One user: account, spaces, the commands that were about it and the requests that name it. */
export const UserView = (props: ViewProps) => {
  const { sandbox, t, query } = props
  const { id = '' } = query
  const { directory } = sandbox.read()
  const user = directory.findById(id)
  const names = user === undefined ? [id] : [user.id, user.userId, user.mobile]
  return (
    <Frame
      {...props}
      view="directory"
      title={t('user.title', { name: user?.name ?? id })}
      live="task sandbox request clock"
    >
      <p class="crumbs">
        <a href={hashOf('directory', { sandbox: sandbox.id, dept: user?.department.id })}>← {t('nav.directory')}</a>
      </p>
      {user === undefined ? (
        <p class="notice">{t('user.gone')}</p>
      ) : (
        <>
          <Account {...props} user={user} />
          <Spaces {...props} user={user} />
        </>
      )}
      {user !== undefined && <BatchRows {...props} user={user} />}
      <History {...props} names={names.filter((one) => one !== '')} />
      <Exchanges {...props} names={names.filter((one) => one !== '')} />
    </Frame>
  )
}

/** A code of the service in words; codes that the pages do not explain stay numbers. */
export function worded(t: ViewProps['t'], what: string, code: number | string): string {
  const key = `${what}${code}`
  return isTextKey(key) ? t(key) : t('directory.other', { code })
}

const Account = ({ sandbox, t, user }: ViewProps & { user: User }) => (
  <Card id="account-title" title={t('user.account')}>
    <dl class="facts">
      <Fact term={t('common.status')}>
        <Badge tone={user.status === 0 ? 'good' : 'busy'}>{worded(t, 'directory.status', user.status)}</Badge>
      </Fact>
      <Fact term={t('directory.role')}>{worded(t, 'directory.role', user.role)}</Fact>
      <Fact term={t('directory.mobile')}>
        <code>{maskMobile(user.mobile)}</code>
      </Fact>
      <Fact term={t('user.id')}>
        <code>{user.id}</code>
      </Fact>
      <Fact term={t('user.orgId')}>
        <code>{user.userId}</code>
      </Fact>
      <Fact term={t('directory.path')}>
        {[...pathOf(user.department)].reverse().map(({ id, name }, at) => (
          <>
            {at > 0 && ' / '}
            <a href={hashOf('directory', { sandbox: sandbox.id, dept: id })}>{name}</a>
          </>
        ))}
      </Fact>
    </dl>
  </Card>
)

const Spaces = ({ t, user }: ViewProps & { user: User }) => (
  <Card id="spaces-title" title={t('user.spaces')}>
    {user.spaces.length === 0 ? (
      <p class="empty">{t('user.noSpace', { id: user.id })}</p>
    ) : (
      <Table
        label={`${t('user.spaces')}${t('common.colon')}id`}
        head={['id', t('common.status'), t('user.capacity'), t('user.used'), t('user.created')]}
      >
        {user.spaces.map((space) => (
          <tr>
            <th scope="row">
              <code>{space.id}</code>
            </th>
            <td>{worded(t, 'user.spaceStatus', space.status)}</td>
            <td class="number">{t('directory.gb', { count: space.capacityGb })}</td>
            <td class="number">{space.usedKb} KB</td>
            <TimeCell iso={toIso(space.createdAt)} />
          </tr>
        ))}
      </Table>
    )}
  </Card>
)

/** Last digits of a mobile by which batches are searched: whatever the country is written as, they end with these. */
const LAST_DIGITS = 8

/** The rows of batches that were about a user, newest task first, and what became of them. */
function rowsAbout({ mobile, userId }: User, tasks: readonly Task[]): { task: Task; at: number }[] {
  const lastDigits = mobile.slice(-LAST_DIGITS)
  const found: { task: Task; at: number }[] = []
  for (const task of tasks) {
    const mayName = lastDigits !== '' && task.rows.mayContain(lastDigits)
    // A reserved phone, or a rule of the scenario, skips a row for a user who has another phone.
    if (!mayName && task.counts.existing === 0) continue
    for (let at = 0; at < task.total && found.length < LISTED; at += 1) {
      const result = task.resultAt(at)
      const owner = result === undefined || result.outcome === 'failed' ? undefined : result.userId
      const isNamed = mayName && owner === undefined && task.rows.phoneAt(at).endsWith(lastDigits)
      if (isNamed || owner === userId) found.push({ task, at })
    }
  }
  return found
}

const BatchRows = (props: ViewProps & { user: User }) => {
  const { sandbox, t, user } = props
  const found = rowsAbout(user, [...sandbox.read().tasks.all()].reverse())
  if (found.length === 0) return null
  return (
    <Card id="rows-title" title={t('user.rows')}>
      <Table
        label={t('user.rows') + t('common.colon') + t('tasks.id')}
        head={[t('tasks.id'), t('tasks.row'), t('tasks.name'), t('tasks.outcome'), t('tasks.created')]}
      >
        {found.map(({ task, at }) => (
          <tr>
            <th scope="row">
              <a href={hashOf('task', { sandbox: sandbox.id, id: task.id, find: task.rows.phoneAt(at) })}>{task.id}</a>
            </th>
            <td class="number">{at + 1}</td>
            <td>{task.rows.at(at)?.name}</td>
            <td>
              <RowOutcome {...props} result={task.resultAt(at)} />
            </td>
            <TimeCell iso={toIso(task.createdAt)} />
          </tr>
        ))}
      </Table>
    </Card>
  )
}

type Named = ViewProps & { readonly names: readonly string[] }

const History = ({ sandbox, t, names }: Named) => {
  const commands = (sandbox.commands() ?? []).filter((command) => concerns(command, names)).slice(-LISTED)
  return (
    <Card id="history-title" title={t('user.history')}>
      {commands.length === 0 ? (
        <p class="empty">{t('user.noHistory')}</p>
      ) : (
        <Table
          label={t('user.history') + t('common.colon') + t('common.time')}
          head={[t('common.time'), t('user.command'), t('user.details')]}
        >
          {commands.reverse().map((command) => (
            <tr>
              <TimeCell iso={toIso(command.at)} />
              <th scope="row">
                <code>{command.type}</code>
              </th>
              <td>
                <code>{detailsOf(command)}</code>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </Card>
  )
}

/** Commands of a batch are not searched: what a batch did to somebody stands in its rows, see `BatchRows`. */
function concerns(command: Command, names: readonly string[]): boolean {
  return Object.entries(command).some(
    ([key, value]) => key !== 'type' && typeof value === 'string' && names.includes(value),
  )
}

/** Fields of a command; a token or a code never stands there. */
function detailsOf(command: Command): string {
  const shown = Object.entries(command).filter(
    ([key, value]) => !['type', 'at', 'token', 'code', 'rows'].includes(key) && typeof value !== 'object',
  )
  return shown.map(([key, value]) => `${key}: ${value}`).join(', ')
}

const Exchanges = ({ deps, sandbox, t, names }: Named) => {
  const viewer = new Viewer(deps, sandbox)
  const found = deps.journals
    .of(sandbox)
    .list()
    .filter((entry) => mentions(entry, names))
    .slice(0, LISTED)
  return (
    <Card id="exchanges-title" title={t('user.exchanges')}>
      {found.length === 0 ? (
        <p class="empty">{t('user.noExchanges')}</p>
      ) : (
        <Table
          label={t('user.exchanges') + t('common.colon') + t('common.time')}
          head={[t('common.time'), t('common.operation'), t('common.status')]}
        >
          {found.map((entry) => {
            const { at, operation, target, status } = viewer.detail(entry)
            return (
              <tr>
                <TimeCell iso={at} />
                <td>
                  <a href={hashOf('exchange', { sandbox: sandbox.id, id: entry.requestId })}>{operation ?? target}</a>
                </td>
                <td>
                  <Status status={status} />
                </td>
              </tr>
            )
          })}
        </Table>
      )}
    </Card>
  )
}

function mentions(
  { target, requestHeaders, requestBody, responseBody }: JournalEntry,
  names: readonly string[],
): boolean {
  const body = Buffer.from(requestBody.buffer, requestBody.byteOffset, requestBody.byteLength)
  return names.some(
    (name) =>
      target.includes(name) ||
      responseBody.includes(name) ||
      body.includes(name) ||
      requestHeaders.some(([, value]) => value === name),
  )
}
