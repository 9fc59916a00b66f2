import type { Fault } from '../../scenarios/scenario.ts'
import { faultKinds } from '../../scenarios/schema.ts'
import { errors } from '../../spec/errors.ts'
import { operations } from '../../spec/operations.ts'
import type { ActiveFault } from '../../world/faults.ts'
import { type FaultDraft, faultFields, previewOf, readFault } from './fault-draft.ts'
import { Badge, Card, Options, Said, Table, Verbatim } from './parts.tsx'
import { routeOf, type ViewProps } from './view.ts'

/** The faults of a sandbox with what they met, and a form for another that shows first what the client will get. */
export const FaultsCard = (props: ViewProps) => (
  <>
    <FaultList {...props} />
    <FaultForm {...props} />
  </>
)

const FaultList = ({ sandbox, t }: ViewProps) => {
  const faults = sandbox.read().faults.all()
  return (
    <Card id="faults-title" title={t('scenario.faults')}>
      {faults.length === 0 ? (
        <p class="empty">{t('scenario.noFaults')}</p>
      ) : (
        <>
          <Table
            label={`${t('scenario.faults')}${t('common.colon')}id`}
            head={[
              'id',
              t('fault.kind'),
              t('common.status'),
              t('fault.calls'),
              t('fault.injected'),
              t('common.actions'),
            ]}
          >
            {faults.map((active) => (
              <FaultLine sandbox={sandbox} t={t} active={active} />
            ))}
          </Table>
          <div class="buttons">
            <button
              type="button"
              data-method="DELETE"
              data-url={routeOf(sandbox, '/faults')}
              data-ask={t('fault.clearAsk', { id: sandbox.id })}
              data-done={t('common.done')}
            >
              {t('fault.clear')}
            </button>
          </div>
        </>
      )}
    </Card>
  )
}

interface LineProps extends Pick<ViewProps, 'sandbox' | 't'> {
  readonly active: ActiveFault
}

/** Whether it is spent: its number of times is used up, or its only call has passed. */
const isSpent = ({ fault, calls, injected }: ActiveFault): boolean =>
  (fault.times !== undefined && injected >= fault.times) || (fault.nth !== undefined && calls >= fault.nth)

const FaultLine = ({ sandbox, t, active }: LineProps) => {
  const { faultId, fault, calls, injected } = active
  const { kind, ...details } = fault
  const url = routeOf(sandbox, `/faults/${encodeURIComponent(faultId)}`)
  const inForce = sandbox.read().faults.isInForce(active, sandbox.clock.now())
  return (
    <tr data-key={faultId}>
      <th scope="row">{faultId}</th>
      <td>
        <strong>{kind}</strong> <code>{JSON.stringify(details)}</code>
      </td>
      <td>
        {isSpent(active) ? (
          <Badge>{t('fault.spent')}</Badge>
        ) : (
          <Badge tone={inForce ? 'busy' : 'calm'}>{t(inForce ? 'fault.inForce' : 'fault.notInForce')}</Badge>
        )}
      </td>
      <td class="number">{calls}</td>
      <td class="number">{injected}</td>
      <td>
        <button
          type="button"
          class="is-small"
          aria-label={t('fault.rearmWhat', { id: faultId })}
          data-method="POST"
          data-url={`${url}/rearm`}
          data-done={t('common.done')}
        >
          {t('fault.rearm')}
        </button>{' '}
        <button
          type="button"
          class="is-small"
          aria-label={t('scenario.removeWhat', { id: faultId })}
          data-method="DELETE"
          data-url={url}
          data-done={t('common.done')}
        >
          {t('scenario.remove')}
        </button>
      </td>
    </tr>
  )
}

const FaultForm = (props: ViewProps) => {
  const { t, query } = props
  const draft = readFault(query)
  return (
    <Card id="new-fault" title={t('fault.new')}>
      <form class="fields" data-navigate="clock" data-previews="fault-preview">
        <label>
          <span>{t('fault.kind')}</span>
          <select name="kind">
            <Options of={faultKinds().map((kind) => [kind, t(`fault.${kind}`)])} chosen={draft.kind} />
          </select>
        </label>
        <fieldset>
          <legend>{t('fault.what')}</legend>
          <KindFields {...props} draft={draft} />
        </fieldset>
        <fieldset>
          <legend>{t('fault.target')}</legend>
          <label>
            <span>{t('fault.operation')}</span>
            <select name="operation">
              <option value="">{t('common.any')}</option>
              <Options of={operations.map(({ operationId }) => operationId)} chosen={query['operation']} />
            </select>
          </label>
          {(['nth', 'every', 'times', 'probability'] as const).map((name) => (
            <NumberField t={t} name={name} value={query[name]} />
          ))}
        </fieldset>
        <fieldset>
          <legend>{t('fault.schedule')}</legend>
          {(['afterSeconds', 'forSeconds', 'everySeconds'] as const).map((name) => (
            <NumberField t={t} name={name} value={query[name]} />
          ))}
        </fieldset>
        <button type="submit" name="preview" value="1">
          {t('fault.previewShow')}
        </button>
      </form>
      {query['kind'] !== undefined && <Preview {...props} draft={draft} />}
    </Card>
  )
}

const KindFields = ({ t, query, draft, language }: ViewProps & { draft: FaultDraft }) => (
  <>
    {draft.kind === 'error' && (
      <label>
        <span>{t('fault.named')}</span>
        <select name="error">
          <option value="">{t('fault.own')}</option>
          <Options
            of={Object.entries(errors).map(([name, { code, message }]) => [name, `${code} ${message[language]}`])}
            chosen={query['error']}
          />
        </select>
      </label>
    )}
    {draft.kind === 'error' && (query['error'] ?? '') === '' && (
      <>
        <NumberField t={t} name="status" value={query['status'] ?? '503'} />
        <label>
          <span>{t('fault.code')}</span>
          <input name="code" value={query['code'] ?? ''} size={10} />
        </label>
        <label>
          <span>{t('fault.msg')}</span>
          <input name="msg" value={query['msg'] ?? ''} />
        </label>
      </>
    )}
    {faultFields[draft.kind].map((name) => (
      <NumberField t={t} name={name} value={query[name] ?? (name === 'delayMs' ? '2000' : undefined)} />
    ))}
    {(draft.kind === 'latency' || draft.kind === 'error' || draft.kind === 'reset') && (
      <label>
        <span>{t('fault.strikes')}</span>
        <select name="strikes">
          <Options
            of={(['before', 'after'] as const).map((when) => [when, t(`fault.${when}`)])}
            chosen={query['strikes']}
          />
        </select>
      </label>
    )}
  </>
)

type NumberName = 'nth' | 'every' | 'times' | 'probability' | 'afterSeconds' | 'forSeconds' | 'everySeconds' | 'status'
interface NumberFieldProps {
  readonly t: ViewProps['t']
  readonly name: NumberName | (typeof faultFields)[keyof typeof faultFields][number]
  readonly value: string | undefined
}

const NumberField = ({ t, name, value }: NumberFieldProps) => (
  <label>
    <span>{t(`fault.${name}`)}</span>
    <input name={name} inputmode="decimal" size={7} value={value ?? ''} />
  </label>
)

const Preview = ({ sandbox, t, language, draft }: ViewProps & { draft: FaultDraft }) => {
  if (draft.fault === undefined) {
    return (
      <p class="notice is-bad" role="alert">
        {t('fault.wrong')}
        {t('common.colon')}
        <Said language={language} english={draft.mistake ?? ''} />
      </p>
    )
  }
  const fault: Fault = draft.fault
  return (
    <div class="preview" id="fault-preview">
      <h3>{t('fault.preview')}</h3>
      <Verbatim label={t('fault.preview')} text={previewOf(fault, t, language)} />
      <Verbatim label="POST /__admin/sandboxes/:id/faults" text={JSON.stringify(fault)} />
      <button
        type="button"
        class="is-main"
        data-method="POST"
        data-url={routeOf(sandbox, '/faults')}
        data-body={JSON.stringify(fault)}
        data-done={t('fault.added')}
      >
        {t('fault.add')}
      </button>
    </div>
  )
}
