import { type Department, levelOf } from '../../world/directory/departments.ts'
import { maskMobile } from '../../world/directory/mobiles.ts'
import type { User } from '../../world/directory/user.ts'
import { isTextKey } from '../texts/texts.ts'
import { Frame, Pager, Table } from './parts.tsx'
import { hashOf, pageOf, pagesFor, type ViewProps } from './view.ts'

const PAGE = 50
/** Departments that the tree shows; an organisation may have ten thousand. */
const SHOWN = 300

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
            {directory.departments
              .all()
              .slice(0, SHOWN)
              .map((department) => (
                <DepartmentItem {...props} department={department} isChosen={department === scope} />
              ))}
          </ul>
        </nav>
        <div class="content">
          <form class="inline" data-navigate="directory">
            <input type="hidden" name="dept" value={scope.id} />
            <label>
              <span>{t('directory.search')}</span>
              <input name="keyWord" type="search" value={keyWord ?? ''} />
            </label>
            <button type="submit">{t('common.apply')}</button>
          </form>
          <p class="count">
            <strong>{t('directory.count', { count: total })}</strong>
          </p>
          <Table
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
              <UserRow t={t} user={user} />
            ))}
          </Table>
          <Pager t={t} view="directory" params={{ sandbox: sandbox.id, dept, keyWord }} page={page} pages={pages} />
        </div>
      </div>
    </Frame>
  )
}

interface ItemProps extends ViewProps {
  readonly department: Department
  readonly isChosen: boolean
}

const DepartmentItem = ({ sandbox, department, isChosen }: ItemProps) => (
  <li class={`level-${levelOf(department)}`}>
    <a
      href={hashOf('directory', { sandbox: sandbox.id, dept: department.id })}
      {...(isChosen && { 'aria-current': 'true' })}
    >
      {department.name}
    </a>
  </li>
)

const UserRow = ({ t, user }: { t: ViewProps['t']; user: User }) => (
  <tr data-key={user.id}>
    <th scope="row">{user.name}</th>
    <td>
      <code>{maskMobile(user.mobile)}</code>
    </td>
    <td>{user.department.name}</td>
    <td>{worded(t, 'role', user.role)}</td>
    <td>{worded(t, 'status', user.status)}</td>
    <td class="number">{user.space === undefined ? '' : t('directory.gb', { count: user.space.capacityGb })}</td>
    <td>
      <code>{user.id}</code>
    </td>
  </tr>
)

/** A code of the service in words; codes that the pages do not explain stay numbers. */
function worded(t: ViewProps['t'], what: 'role' | 'status', code: number): string {
  const key = `directory.${what}${code}`
  return isTextKey(key) ? t(key) : t('directory.other', { code })
}
