import type { SecuritySchemeObject } from 'openapi3-ts/oas31'
import { sampleLanguages, sampleNames } from '../../shared/code-sample.ts'
import type { Evidence } from '../../spec/evidence.ts'
import type { Language } from '../../spec/languages.ts'
import { securitySchemes } from '../../spec/openapi/security.ts'
import type { Translate } from '../texts/texts.ts'
import { EvidenceMark, Said, Verbatim } from '../views/parts.tsx'

/** The request of the worked example: the first that succeeds on a mock as it was started. */
const EXAMPLE = '/koodrive/ose/v1/userList?offset=0&limit=5'

/** The steps of a signature; where a step has a result, the page fills it in when it signs the example. */
const steps = [
  ['1', 'docs-headers'],
  ['2', 'docs-canonical'],
  ['3', 'docs-string'],
  ['4', 'docs-authorization'],
] as const

interface ChapterProps {
  readonly t: Translate
  readonly language: Language
}

/** How a request says who makes it: the two ways, each step with its result for a request that is signed live. */
export const AuthenticationChapter = ({ t, language }: ChapterProps) => {
  return (
    <section aria-labelledby="api-authentication" class="view" id="authentication">
      <h2 id="api-authentication">{t('docs.authentication')}</h2>
      <p class="lead">{t('docs.authIntro')}</p>
      <article class="card">
        <h3>{t('docs.authSignature')}</h3>
        <Source t={t} language={language} scheme={securitySchemes.appSignature} />
        <div class="toolbar">
          <label class="sign-as">
            <span>{t('docs.authSandbox')}</span>
            <input id="sandbox" value="default" autocomplete="off" spellcheck={false} />
          </label>
          <button type="button" id="sign-example" class="is-main" data-target={EXAMPLE}>
            {t('docs.authSign')}
          </button>
        </div>
        <ol class="steps">
          {steps.map(([step, id]) => (
            <li>
              <h4>{t(`docs.authStep${step}Name`)}</h4>
              <p>{t(`docs.authStep${step}`)}</p>
              <Verbatim label={t(`docs.authStep${step}Name`)} id={id} text={step === '1' ? `GET ${EXAMPLE}` : '…'} />
            </li>
          ))}
        </ol>
        <h4>{t('docs.authExample')}</h4>
        <div class="samples" id="example-samples" data-languages={JSON.stringify(offered)}></div>
        <p>{t('docs.authMore')}</p>
      </article>
      <article class="card">
        <h3>{t('docs.authToken')}</h3>
        <Source t={t} language={language} scheme={securitySchemes.accessToken} />
        <p>{t('docs.authTokenHow')}</p>
        <Verbatim label={t('docs.authToken')} text={'Authorization: Bearer <accessToken>'} />
      </article>
    </section>
  )
}

const offered = sampleLanguages.map((language) => [language, sampleNames[language]])

const Source = ({ t, language, scheme }: ChapterProps & { scheme: SecuritySchemeObject }) => (
  <p class="source">
    <EvidenceMark t={t} evidence={scheme['x-evidence'] as Evidence} />{' '}
    <Said language={language} english={String(scheme['x-source'])} />
  </p>
)
