import { raw } from 'hono/html'
import { type ErrorEntry, errors } from '../../spec/errors.ts'
import { evidenceLevels } from '../../spec/evidence.ts'
import type { Language } from '../../spec/languages.ts'
import { operations } from '../../spec/operations.ts'
import { readingEntry, readingIds } from '../../spec/readings.ts'
import { Head, LanguageLink, TokenDialog } from '../shell.tsx'
import { viewerWords } from '../texts/docs.ts'
import type { Translate } from '../texts/texts.ts'
import { EvidenceMark, Fact, Said, Table } from '../views/parts.tsx'
import { AuthenticationChapter } from './authentication-chapter.tsx'
import { viewerDocument } from './viewer-document.ts'

interface DocsProps {
  readonly language: Language
  readonly t: Translate
  readonly needsToken: boolean
  readonly pageProof: string
}

/** JSON inside a page: nothing in it can end the element it stands in. */
const embedded = (json: string) => raw(json.replaceAll('<', '\\u003c'))

/** The reference: evidence marks, operations with a form to try them, errors, readings. It holds no data. */
export const DocsPage = ({ language, t, needsToken, pageProof }: DocsProps) => (
  <html lang={language}>
    <Head
      title={t('docs.title')}
      styles={['swagger-ui.css', 'base.css', 'layout.css', 'forms.css', 'parts.css', 'docs.css']}
      script="docs.js"
    />
    <body
      class="docs"
      data-text-copied={t('shell.copied')}
      data-text-not-copied={t('shell.notCopied')}
      data-text-select={t('docs.choose')}
      data-text-copy={t('common.copy')}
      data-text-samples={t('docs.samples')}
      data-text-fresh={t('docs.samplesFresh')}
      data-text-fill={t('docs.samplesFill')}
      data-text-link={t('docs.link')}
      data-page-proof={pageProof}
      {...(needsToken && { 'data-needs-token': '' })}
    >
      <a class="skip" href="#main">
        {t('shell.skip')}
      </a>
      <header class="bar">
        <p class="brand">
          koodrive<span class="suffix">-mock</span>
        </p>
        <a href={`/__admin/console?lang=${language}`}>{t('shell.title')}</a>
        <div class="tools">
          <button type="button" class="is-quiet" id="theme">
            {t('shell.theme')}
          </button>
          <LanguageLink language={language} t={t} />
        </div>
      </header>
      <nav aria-label={t('docs.contents')}>
        <ol>
          <li>
            <a href="#api-authentication">{t('docs.authentication')}</a>
          </li>
          <li>
            <a href="#api-operations">{t('docs.operations')}</a>
            <ul>
              {operations.map(({ operationId }) => (
                <li>
                  <a href={`#op-${operationId}`} data-operation={operationId}>
                    {operationId}
                  </a>
                </li>
              ))}
            </ul>
          </li>
          <li>
            <a href="#api-errors">{t('docs.errors')}</a>
          </li>
          <li>
            <a href="#api-readings">{t('docs.readings')}</a>
          </li>
        </ol>
      </nav>
      <main id="main" tabindex={-1}>
        <div class="view">
          <h1>{t('docs.title')}</h1>
          <p class="lead">{t('docs.intro')}</p>
          <dl class="facts">
            {evidenceLevels.map((evidence) => (
              <Fact term={<EvidenceMark t={t} evidence={evidence} />}>{t(`docs.${evidence}Why`)}</Fact>
            ))}
          </dl>
          <AuthenticationChapter t={t} language={language} />
          <section aria-labelledby="api-operations" class="view">
            <h2 id="api-operations">{t('docs.operations')}</h2>
            <p class="lead">{t('docs.operationsIntro')}</p>
            <div id="viewer"></div>
          </section>
          <Errors t={t} language={language} />
          <Readings t={t} language={language} />
        </div>
      </main>
      <p id="announcer" class="toast" role="status"></p>
      <TokenDialog t={t} />
      <script type="application/json" id="document">
        {embedded(viewerDocument(language, t))}
      </script>
      <script type="application/json" id="words">
        {embedded(JSON.stringify(language === 'zh-CN' ? viewerWords : {}))}
      </script>
    </body>
  </html>
)

const Errors = ({ t, language }: { t: Translate; language: Language }) => (
  <section aria-labelledby="api-errors" class="view">
    <h2 id="api-errors">{t('docs.errors')}</h2>
    <Table
      label={t('docs.errors') + t('common.colon') + t('docs.when')}
      head={[t('docs.code'), t('docs.http'), t('docs.message'), t('docs.when'), t('docs.mark'), t('docs.source')]}
    >
      {(Object.values(errors) as ErrorEntry[]).map(({ code, status, message, when, evidence, source }) => (
        <tr>
          <th scope="row">
            <code>{code}</code>
          </th>
          <td>{status}</td>
          <td>{message[language]}</td>
          <Said as="td" language={language} english={when} />
          <td>
            <EvidenceMark t={t} evidence={evidence} />
          </td>
          <Said as="td" language={language} english={source} />
        </tr>
      ))}
    </Table>
  </section>
)

const Readings = ({ t, language }: { t: Translate; language: Language }) => (
  <section aria-labelledby="api-readings" class="view">
    <h2 id="api-readings">{t('docs.readings')}</h2>
    <p class="lead">{t('docs.readingsIntro')}</p>
    {readingIds.map((id) => {
      const { question, answers, why, default: chosen } = readingEntry(id)
      return (
        <article class="card" id={`reading-${id}`}>
          <h3>
            <code>{id}</code>
          </h3>
          <Said as="p" language={language} english={question} />
          <Table label={id} head={[t('docs.answer'), t('docs.meaning'), t('docs.mark'), t('docs.source')]}>
            {Object.entries(answers).map(([name, { meaning, evidence, source }]) => (
              <tr>
                <th scope="row">
                  <code>{name}</code> {name === chosen && <span class="badge">{t('readings.default')}</span>}
                </th>
                <Said as="td" language={language} english={meaning} />
                <td>
                  <EvidenceMark t={t} evidence={evidence} />
                </td>
                <Said as="td" language={language} english={source} />
              </tr>
            ))}
          </Table>
          <p class="source">
            {t('docs.why')}
            {t('common.colon')}
            <Said language={language} english={why} />
          </p>
        </article>
      )
    })}
  </section>
)
