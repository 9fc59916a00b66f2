import { builtInScenarios } from '../../scenarios/built-in.ts'
import type { Scenario } from '../../scenarios/scenario.ts'
import { say } from '../texts/say.ts'
import { Change, Choice, Options } from './controls.tsx'
import { Card, Copy, Said, Verbatim } from './parts.tsx'
import { hashOf, routeOf, type ViewProps } from './view.ts'

const PARTS = ['directory', 'batch', 'authentication', 'readings', 'faults', 'limits'] as const

/** The scenario in force, any other before it is applied, and either as YAML to edit and to keep. */
export const ScenarioCard = (props: ViewProps) => {
  const { sandbox, t, language, query } = props
  const { scenario } = sandbox.read()
  /** A link may bring the scenario that it speaks of. */
  const offered = query['preview'] ?? query['scenario'] ?? scenario.name
  const shown =
    offered === scenario.name ? scenario : (builtInScenarios.find(({ name }) => name === offered) ?? scenario)
  const known = builtInScenarios.some(({ name }) => name === scenario.name)
  return (
    <Card id="scenario-title" title={t('scenario.title')}>
      <div class="toolbar" data-key={scenario.name}>
        <form
          class="inline"
          data-method="PUT"
          data-url={routeOf(sandbox, '/scenario')}
          data-done={t('scenario.changed')}
        >
          <label>
            <span>{t('scenario.choose', { id: sandbox.id })}</span>
            <select name="scenario">
              {!known && (
                <option value="" selected>
                  {scenario.name}
                </option>
              )}
              <Options
                of={builtInScenarios.map((one) => [
                  one.name,
                  `${one.name}${t('common.colon')}${say(language, one.title).text}`,
                ])}
                chosen={shown.name}
              />
            </select>
          </label>
          <button type="submit">{t('common.apply')}</button>
        </form>
        <form class="inline" data-navigate="clock">
          <Choice
            label={t('scenario.preview')}
            name="preview"
            of={builtInScenarios.map(({ name }) => name)}
            chosen={shown.name}
            submits
          />
        </form>
      </div>
      <ScenarioPreview {...props} scenario={shown} isInForce={shown === scenario} />
    </Card>
  )
}

const ScenarioPreview = async (props: ViewProps & { scenario: Scenario; isInForce: boolean }) => {
  const { stringify } = await import('yaml')
  const { sandbox, t, language, query, scenario, isInForce } = props
  const yaml = stringify(scenario)
  const parts = PARTS.filter((part) => scenario[part] !== undefined)
  const url = routeOf(sandbox, '/scenario')
  const isEdited = query['edit'] === '1'
  return (
    <div class="preview" id="scenario-preview">
      <h3>{t('scenario.previewOf', { name: scenario.name })}</h3>
      <p>
        <strong>
          <Said language={language} english={scenario.title} />
        </strong>
      </p>
      {scenario.teaches !== undefined && <Said as="p" language={language} english={scenario.teaches} />}
      {parts.length === 0 && <p class="hint">{t('scenario.plain')}</p>}
      {isEdited ? (
        <form
          class="fields"
          data-method="PUT"
          data-url={url}
          data-done={t('scenario.changed')}
          data-goto={hashOf('clock', { sandbox: sandbox.id, edit: 1 })}
        >
          <label>
            <span>{t('scenario.yaml')}</span>
            <textarea id="scenario-yaml" name="yaml" rows={16} spellcheck={false}>
              {yaml}
            </textarea>
          </label>
          <button type="submit" class="is-main">
            {t('scenario.applyYaml')}
          </button>
        </form>
      ) : (
        parts.map((part) => (
          <Verbatim
            label={part === 'faults' ? t('fault.title') : t(`scenario.${part}`)}
            text={stringify({ [part]: scenario[part] }).trimEnd()}
          />
        ))
      )}
      <div class="buttons">
        {!isInForce && (
          <Change
            class="is-main"
            method="PUT"
            url={url}
            body={{ scenario: scenario.name }}
            done={t('scenario.changed')}
          >
            {t('scenario.apply', { name: scenario.name })}
          </Change>
        )}
        {!isEdited && (
          <a
            class="button"
            href={hashOf('clock', { sandbox: sandbox.id, preview: isInForce ? undefined : scenario.name, edit: 1 })}
          >
            {t('scenario.edit')}
          </a>
        )}
        <button
          type="button"
          data-save={isEdited ? '' : yaml}
          data-save-field="scenario-yaml"
          data-file={`${scenario.name}.yaml`}
        >
          {t('scenario.export')}
        </button>
        <Copy t={t} value={yaml} what="YAML" />
      </div>
      <p class="hint">{t('scenario.file')}</p>
    </div>
  )
}
