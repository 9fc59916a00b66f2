import { builtInScenarios } from '../../scenarios/built-in.ts'
import { explainMistake } from '../../scenarios/explain.ts'
import type { Scenario } from '../../scenarios/scenario.ts'
import { scenarioSchema } from '../../scenarios/schema.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import { Change, Choice, errorChoices, TextField } from './controls.tsx'
import { Card, Mistake, Table, Verbatim } from './parts.tsx'
import { routeOf, type ViewProps } from './view.ts'

const outcomes = ['fail', 'success', 'exists', 'rival', 'task-fails'] as const
type Outcome = (typeof outcomes)[number]

/** Which rows of a batch succeed, are skipped or fail, and with which error: the rules in force, and a form for another. */
export const RowRulesCard = (props: ViewProps) => {
  const { sandbox, t } = props
  const rules = sandbox.read().scenario.batch?.rules ?? []
  return (
    <Card id="rows-title" title={t('rows.title')}>
      <p class="hint">{t('rows.hint')}</p>
      {rules.length === 0 ? (
        <p class="empty">{t('rows.none')}</p>
      ) : (
        <>
          <Table
            label={t('rows.title')}
            head={[t('rows.which'), t('rows.outcome'), t('rows.error'), t('rows.seconds')]}
          >
            {rules.map(({ rows, outcome, error, seconds }) => (
              <tr>
                <th scope="row">
                  <code>{JSON.stringify(rows)}</code>
                </th>
                <td>{t(`rows.${outcome}`)}</td>
                <td>{error !== undefined && <code>{JSON.stringify(error)}</code>}</td>
                <td class="number">{seconds}</td>
              </tr>
            ))}
          </Table>
          <div class="buttons">
            <Change
              method="PUT"
              url={routeOf(sandbox, '/scenario')}
              body={withRules(sandbox, [])}
              done={t('scenario.changed')}
            >
              {t('rows.clear')}
            </Change>
          </div>
        </>
      )}
      <RuleForm {...props} />
    </Card>
  )
}

const RuleForm = (props: ViewProps) => {
  const { t, query, language } = props
  const outcome = outcomes.find((one) => one === query['outcome']) ?? 'fail'
  const canFail = outcome === 'fail' || outcome === 'task-fails'
  const isOwn = query['rowError'] === 'own'
  return (
    <>
      <h3>{t('rows.new')}</h3>
      <form class="fields" data-navigate="clock" data-previews="rule-preview">
        <fieldset>
          <legend>{t('rows.which')}</legend>
          <RuleField t={t} name="rowEvery" value={query['rowEvery']} />
          <RuleField t={t} name="rowFrom" value={query['rowFrom']} />
          <RuleField t={t} name="rowPhone" value={query['rowPhone']} />
        </fieldset>
        <fieldset>
          <legend>{t('rows.outcome')}</legend>
          <Choice
            label={t('rows.outcome')}
            name="outcome"
            of={outcomes.map((one) => [one, t(`rows.${one}`)])}
            chosen={outcome}
          />
          {canFail && (
            <Choice
              label={t('rows.error')}
              name="rowError"
              any={t('rows.usual')}
              of={[...errorChoices(language), ['own', t('rows.own')]]}
              chosen={query['rowError']}
            />
          )}
          {canFail && isOwn && (
            <>
              <RuleField t={t} name="rowCode" value={query['rowCode']} />
              <RuleField t={t} name="rowMsg" value={query['rowMsg']} />
            </>
          )}
          <RuleField t={t} name="rowSeconds" value={query['rowSeconds']} />
        </fieldset>
        <button type="submit">{t('rows.previewShow')}</button>
      </form>
      {query['outcome'] !== undefined && <Preview {...props} outcome={outcome} />}
    </>
  )
}

type FieldName = 'rowEvery' | 'rowFrom' | 'rowPhone' | 'rowCode' | 'rowMsg' | 'rowSeconds'

const RuleField = ({ t, name, value = '' }: Pick<ViewProps, 't'> & { name: FieldName; value: string | undefined }) => (
  <TextField
    label={t(`rows.${name}`)}
    name={name}
    size={name === 'rowPhone' || name === 'rowMsg' ? 20 : 7}
    value={value}
    autocomplete="off"
  />
)

const Preview = ({ sandbox, t, language, query, outcome }: ViewProps & { outcome: Outcome }) => {
  const rule = ruleOf(query, outcome)
  const scenario = withRules(sandbox, [rule, ...(sandbox.read().scenario.batch?.rules ?? [])])
  const { error } = scenarioSchema().safeParse(scenario)
  if (error !== undefined) {
    const { path, detail } = explainMistake(scenarioSchema(), error, scenario)
    return (
      <Mistake
        t={t}
        language={language}
        title={t('rows.wrong')}
        english={`${path.replace('batch.rules[0].', '')}: ${detail}`}
      />
    )
  }
  return (
    <div class="preview" id="rule-preview">
      <Verbatim label={t('rows.rule')} text={JSON.stringify(rule)} />
      <Change class="is-main" method="PUT" url={routeOf(sandbox, '/scenario')} body={scenario} done={t('rows.added')}>
        {t('rows.add')}
      </Change>
    </div>
  )
}

/** A number where it is one; whatever else stands there is refused in words. */
const number = (text: string | undefined): number | string | undefined =>
  text === undefined || text.trim() === '' ? undefined : /^-?\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : text

function ruleOf(query: ViewProps['query'], outcome: Outcome): object {
  const { rowError = '', rowCode, rowMsg = '', rowPhone = '' } = query
  const error = rowError === 'own' ? { code: number(rowCode), msg: rowMsg } : rowError
  const canFail = outcome === 'fail' || outcome === 'task-fails'
  const rule = {
    rows: { every: number(query['rowEvery']), from: number(query['rowFrom']), phone: rowPhone || undefined },
    outcome,
    error: canFail && error !== '' ? error : undefined,
    seconds: number(query['rowSeconds']),
  }
  return JSON.parse(JSON.stringify(rule)) as object
}

/** The scenario in force with other rules, under a name of its own; faults that were added stay. */
function withRules(sandbox: Sandbox, rules: readonly unknown[]): object {
  const { scenario, faults } = sandbox.read()
  const { batch, ...rest }: Scenario = scenario
  const active = faults.all().map(({ fault }) => fault)
  const isBuiltIn = builtInScenarios.some(({ name }) => name === scenario.name)
  return {
    ...rest,
    name: isBuiltIn ? `${scenario.name}-edited` : scenario.name,
    batch: { ...batch, rules },
    ...(active.length > 0 && { faults: active }),
  }
}
