import { type Department, isWithin, pathOf } from '../../world/directory/departments.ts'
import { maskMobile } from '../../world/directory/mobiles.ts'
import type { User } from '../../world/directory/user.ts'
import { TextField } from './controls.tsx'
import { Fact, Frame, Pager, Table } from './parts.tsx'
import { worded } from './user.tsx'
import { hashOf, pageOf, pagesFor, type ViewProps } from './view.ts'

const PAGE = 50
/** Departments of one parent that the tree shows; an organisation may have ten thousand. */
const SHOWN = 100

/** Departments and users of a sandbox. */
export const DirectoryView = (props: ViewProps) => {
  const { sandbox, t, query } = props
  const { directory } = sandbox.read()
  const { dept, keyWord } = query
  const scope = (dept === undefined ? undefined : directory.departments.find(dept)) ?? directory.root
  const list = (page: number) =>
    directory.list(
      { scope, direct: false, withSpace: false, keyWord: keyWord ?? '', inMobile: false, spaceStatus: undefined },
      (page - 1) * PAGE,
      PAGE,
    )
  const pages = pagesFor(list(1).total, PAGE)
  const page = pageOf(query['page'], pages)
  const { total, users } = list(page)
  return (
    <Frame {...props} view="directory" title={t('nav.directory')} live="task sandbox">
      <div class="browser">
        <nav class="tree" aria-label={t('directory.departments')}>
          <h2>{t('directory.departments')}</h2>
          <ul>
            <Branch {...props} department={directory.root} scope={scope} />
          </ul>
        </nav>
        <div class="content">
          <dl class="facts">
            <Fact term={t('directory.id')}>
              <code>{scope.id}</code>
            </Fact>
            <Fact term={t('directory.path')}>
              {[...pathOf(scope)]
                .reverse()
                .map(({ name }) => name)
                .join(' / ')}
            </Fact>
            <Fact term={t('sandboxes.users')}>
              {t('directory.members', { direct: directory.count(scope, true), all: directory.count(scope, false) })}
            </Fact>
          </dl>
          <form class="inline" data-navigate="directory">
            <input type="hidden" name="dept" value={scope.id} />
            <TextField label={t('directory.search')} name="keyWord" type="search" value={keyWord ?? ''} />
            <button type="submit">{t('common.apply')}</button>
          </form>
          <p class="count">
            <strong>{t('directory.count', { count: total })}</strong>
          </p>
          <Table
            name="people"
            label={t('nav.directory')}
            head={[
              t('directory.name'),
              t('directory.mobile'),
              t('directory.department'),
              t('directory.role'),
              t('common.status'),
              t('directory.space'),
              'id',
            ]}
          >
            {users.map((user) => (
              <UserRow t={t} sandboxId={sandbox.id} user={user} />
            ))}
          </Table>
          {users.length === 0 && <p class="empty">{t('directory.noUser')}</p>}
          <Pager t={t} view="directory" params={{ sandbox: sandbox.id, dept, keyWord }} page={page} pages={pages} />
        </div>
      </div>
    </Frame>
  )
}

interface BranchProps extends ViewProps {
  readonly department: Department
  readonly scope: Department
}

/** A department; whatever lies on the way to the chosen one is open. */
const Branch = (props: BranchProps) => {
  const { sandbox, t, department, scope } = props
  const { children, id, name } = department
  const isOpen = children.length > 0 && isWithin(scope, department)
  return (
    <li>
      <a
        href={hashOf('directory', { sandbox: sandbox.id, dept: id })}
        {...(department === scope && { 'aria-current': 'true' })}
      >
        {name}
        {children.length > 0 && !isOpen && <span class="ahead"> ({children.length})</span>}
      </a>
      {isOpen && (
        <ul>
          {shownChildren(department, scope).map((child) => (
            <Branch {...props} department={child} />
          ))}
          {children.length > SHOWN && <li class="hint">{t('directory.more', { count: children.length - SHOWN })}</li>}
        </ul>
      )}
    </li>
  )
}

/** The first children, and that on the way to the chosen department wherever it stands. */
function shownChildren({ children }: Department, scope: Department): Department[] {
  const first = children.slice(0, SHOWN)
  const chosen = [...pathOf(scope)].find((one) => children.includes(one))
  return chosen === undefined || first.includes(chosen) ? first : [chosen, ...first.slice(1)]
}

interface UserRowProps {
  readonly t: ViewProps['t']
  readonly sandboxId: string
  readonly user: User
}

const UserRow = ({ t, sandboxId, user }: UserRowProps) => (
  <tr data-key={user.id}>
    <th scope="row">
      <a href={hashOf('user', { sandbox: sandboxId, id: user.id })}>{user.name}</a>
    </th>
    <td>
      <code>{maskMobile(user.mobile)}</code>
    </td>
    <td>
      <span class="short">{user.department.name}</span>
    </td>
    <td>
      <span class="short">{worded(t, 'directory.role', user.role)}</span>
    </td>
    <td>
      <span class="short">{worded(t, 'directory.status', user.status)}</span>
    </td>
    <td class="number">{user.space === undefined ? '' : t('directory.gb', { count: user.space.capacityGb })}</td>
    <td>
      <code>{user.id}</code>
    </td>
  </tr>
)
