import type { Fault } from '../../scenarios/scenario.ts'
import { faultKinds } from '../../scenarios/schema.ts'
import { operations } from '../../spec/operations.ts'
import type { ActiveFault } from '../../world/faults.ts'
import { Change, Choice, errorChoices, TextField } from './controls.tsx'
import { type FaultDraft, faultFields, previewOf, readFault } from './fault-draft.ts'
import { Badge, Card, Mistake, Table, Verbatim } from './parts.tsx'
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
            <Change
              method="DELETE"
              url={routeOf(sandbox, '/faults')}
              ask={t('fault.clearAsk', { id: sandbox.id })}
              done={t('common.done')}
            >
              {t('fault.clear')}
            </Change>
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
        <Change
          class="is-small"
          aria-label={t('fault.rearmWhat', { id: faultId })}
          method="POST"
          url={`${url}/rearm`}
          done={t('common.done')}
        >
          {t('fault.rearm')}
        </Change>{' '}
        <Change
          class="is-small"
          aria-label={t('scenario.removeWhat', { id: faultId })}
          method="DELETE"
          url={url}
          done={t('common.done')}
        >
          {t('scenario.remove')}
        </Change>
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
        <Choice
          label={t('fault.kind')}
          name="kind"
          of={faultKinds().map((kind) => [kind, t(`fault.${kind}`)])}
          chosen={draft.kind}
        />
        <fieldset>
          <legend>{t('fault.what')}</legend>
          <KindFields {...props} draft={draft} />
        </fieldset>
        <fieldset>
          <legend>{t('fault.target')}</legend>
          <Choice
            label={t('fault.operation')}
            name="operation"
            any={t('common.any')}
            of={operations.map(({ operationId }) => operationId)}
            chosen={query['operation']}
          />
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
      <Choice
        label={t('fault.named')}
        name="error"
        any={t('fault.own')}
        of={errorChoices(language)}
        chosen={query['error']}
      />
    )}
    {draft.kind === 'error' && (query['error'] ?? '') === '' && (
      <>
        <NumberField t={t} name="status" value={query['status'] ?? '503'} />
        <TextField label={t('fault.code')} name="code" value={query['code'] ?? ''} size={10} />
        <TextField label={t('fault.msg')} name="msg" value={query['msg'] ?? ''} />
      </>
    )}
    {faultFields[draft.kind].map((name) => (
      <NumberField t={t} name={name} value={query[name] ?? (name === 'delayMs' ? '2000' : undefined)} />
    ))}
    {(draft.kind === 'latency' || draft.kind === 'error' || draft.kind === 'reset') && (
      <Choice
        label={t('fault.strikes')}
        name="strikes"
        of={(['before', 'after'] as const).map((when) => [when, t(`fault.${when}`)])}
        chosen={query['strikes']}
      />
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
  <TextField label={t(`fault.${name}`)} name={name} inputmode="decimal" size={7} value={value ?? ''} />
)

const Preview = ({ sandbox, t, language, draft }: ViewProps & { draft: FaultDraft }) => {
  if (draft.fault === undefined) {
    return <Mistake t={t} language={language} title={t('fault.wrong')} english={draft.mistake ?? ''} />
  }
  const fault: Fault = draft.fault
  return (
    <div class="preview" id="fault-preview">
      <h3>{t('fault.preview')}</h3>
      <Verbatim label={t('fault.preview')} text={previewOf(fault, t, language)} />
      <Verbatim label="POST /__admin/sandboxes/:id/faults" text={JSON.stringify(fault)} />
      <Change class="is-main" method="POST" url={routeOf(sandbox, '/faults')} body={fault} done={t('fault.added')}>
        {t('fault.add')}
      </Change>
    </div>
  )
}
