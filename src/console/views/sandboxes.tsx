import { builtInScenarios } from '../../scenarios/built-in.ts'
import { findSandboxes } from '../../server/sandboxes/find-sandboxes.ts'
import { toIso } from '../../world/instant.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import { Change, Choice, Reveal, TextField } from './controls.tsx'
import { FirstRun } from './first-run.tsx'
import { Copy, Frame, Pager, Table, TimeCell } from './parts.tsx'
import { hashOf, pageOf, pagesFor, routeOf, type ViewProps } from './view.ts'

/** Every sandbox, and the credentials of the chosen one. */
export const SandboxesView = (props: ViewProps) => {
  const { t } = props
  return (
    <Frame {...props} view="sandboxes" title={t('nav.sandboxes')} live="all sandbox task request">
      <p class="lead">{t('sandboxes.intro')}</p>
      <FirstRun {...props} />
      <Credentials {...props} />
      <h2>{t('sandboxes.list')}</h2>
      <List {...props} />
      <form
        class="inline"
        data-method="POST"
        data-url="/__admin/sandboxes"
        data-done={t('sandboxes.created')}
        data-opens="sandboxes"
      >
        <TextField label={t('sandboxes.name')} name="name" maxlength={100} autocomplete="off" />
        <Choice
          label={t('sandboxes.scenario')}
          name="scenario"
          of={builtInScenarios.map(({ name }) => name)}
          chosen={undefined}
        />
        <button type="submit" class="is-main">
          {t('sandboxes.create')}
        </button>
      </form>
    </Frame>
  )
}

/** Lines of a page; parallel tests make thousands. */
const PAGE = 50

/** Newest first: the one that was just made is on top. */
const List = (props: ViewProps) => {
  const { deps, sandbox, t, query } = props
  const q = query['q']?.trim() ?? ''
  const found = findSandboxes(deps.world, { search: q === '' ? undefined : q })
  const pages = pagesFor(found.length, PAGE)
  const page = pageOf(query['page'], pages)
  return (
    <>
      <form class="inline" data-navigate="sandboxes">
        <TextField label={t('sandboxes.search')} type="search" name="q" data-search="" value={q} autocomplete="off" />
        <button type="submit">{t('common.apply')}</button>
      </form>
      <p class="count" role="status">
        <strong>{t('sandboxes.count', { count: found.length })}</strong>{' '}
        {found.length !== deps.world.size && t('journal.kept', { count: deps.world.size })}
      </p>
      {found.length === 0 ? (
        <p class="empty">{t('sandboxes.none')}</p>
      ) : (
        <Table
          label={t('sandboxes.list')}
          head={[
            t('common.sandbox'),
            t('sandboxes.scenario'),
            t('sandboxes.users'),
            t('sandboxes.tasks'),
            t('sandboxes.requests'),
            t('sandboxes.lastUsed'),
            t('common.actions'),
          ]}
        >
          {found.slice((page - 1) * PAGE, page * PAGE).map((one) => (
            <Row {...props} one={one} isChosen={one === sandbox} />
          ))}
        </Table>
      )}
      <Pager t={t} view="sandboxes" params={{ sandbox: sandbox.id, q: q || undefined }} page={page} pages={pages} />
    </>
  )
}

const Row = ({ deps, t, one, isChosen }: ViewProps & { one: Sandbox; isChosen: boolean }) => {
  const { scenario, directory, tasks } = one.read()
  const { id, lastUsedAt } = one
  return (
    <tr data-key={id} class={isChosen ? 'is-chosen' : ''}>
      <th scope="row">
        <a href={hashOf('sandboxes', { sandbox: id })} {...(isChosen && { 'aria-current': 'true' })}>
          {id}
        </a>
        <Identity one={one} />
      </th>
      <td>{scenario.name}</td>
      <td class="number">{directory.size}</td>
      <td class="number">
        <a href={hashOf('tasks', { sandbox: id })}>{tasks.size}</a>
      </td>
      <td class="number">
        <a href={hashOf('journal', { sandbox: id })}>{deps.journals.sizeOf(one)}</a>
      </td>
      <TimeCell iso={toIso(lastUsedAt)} />
      <td>
        <div class="buttons">
          <Change
            class="is-small"
            aria-label={t('sandboxes.resetWhat', { id })}
            method="POST"
            url={routeOf(one, '/reset')}
            ask={t('sandboxes.resetAsk', { id })}
            done={t('common.done')}
          >
            {t('sandboxes.reset')}
          </Change>
          {id !== 'default' && (
            <Change
              class="is-small is-danger"
              aria-label={t('sandboxes.deleteWhat', { id })}
              method="DELETE"
              url={routeOf(one)}
              ask={t('sandboxes.deleteAsk', { id })}
              done={t('common.done')}
              goto={isChosen ? hashOf('sandboxes', { sandbox: 'default' }) : undefined}
            >
              {t('sandboxes.delete')}
            </Change>
          )}
        </div>
      </td>
    </tr>
  )
}

/** What people know it by. */
const Identity = ({ one: { config } }: { one: Sandbox }) => {
  const labels = Object.entries(config.labels ?? {})
  return (
    <>
      {config.name !== undefined && config.name !== config.id && <span class="part">{config.name}</span>}
      {labels.length > 0 && <span class="part">{labels.map(([key, value]) => `${key}=${value}`).join(', ')}</span>}
    </>
  )
}

const Credentials = ({ sandbox, t }: ViewProps) => {
  const { appId, appSecret, userId, tokens } = sandbox.config.credentials
  const values = { appId, appSecret, userId, ...tokens }
  return (
    <>
      <h2>{t('sandboxes.credentials', { id: sandbox.id })}</h2>
      <dl class="credentials" data-key={`credentials ${sandbox.id}`}>
        {(Object.keys(values) as (keyof typeof values)[]).map((name) => (
          <Credential
            t={t}
            name={name}
            label={t(`sandboxes.${name}`)}
            value={values[name]}
            isSecret={name !== 'appId' && name !== 'userId'}
          />
        ))}
      </dl>
    </>
  )
}

interface CredentialProps {
  readonly t: ViewProps['t']
  readonly name: string
  readonly label: string
  readonly value: string
  readonly isSecret: boolean
}

/** A secret stays covered until the reader asks for it: consoles are shown on shared screens. */
const Credential = ({ t, name, label, value, isSecret }: CredentialProps) => (
  <div data-key={value}>
    <dt>{label}</dt>
    <dd>
      {isSecret ? (
        <code id={`secret-${name}`} data-secret={value} data-keep="">
          ••••••••
        </code>
      ) : (
        <code>{value}</code>
      )}
      <span class="buttons">
        {isSecret && <Reveal t={t} id={`secret-${name}`} what={label} />}
        <Copy t={t} value={value} what={label} />
      </span>
    </dd>
  </div>
)
