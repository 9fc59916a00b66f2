import { type Language, languages } from '../spec/languages.ts'
import type { Translate } from './texts/texts.ts'

/** The views in the order of the navigation; the keys 1 to 8 open them. */
export const navigation = ['sandboxes', 'tasks', 'journal', 'clock', 'readings', 'directory', 'report', 'sign'] as const

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%231f5fbf'/%3E%3Cpath d='M5 3.5v9M11 3.5 6 8l5 4.5' stroke='%23fff' stroke-width='2' fill='none'/%3E%3C/svg%3E"

interface ShellProps {
  readonly language: Language
  readonly t: Translate
  /** Whether calls need the control token. The shell itself holds no data and needs none. */
  readonly needsToken: boolean
  /** What lets this page change something; see the guard of the control plane. */
  readonly pageProof: string
  /** Names of the views: the script asks for no other. */
  readonly views: readonly string[]
}

/** The head of a page: its own script and style sheet, nothing from elsewhere. */
export const Head = ({ title, styles, script }: { title: string; styles: readonly string[]; script: string }) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>{`${title} · koodrive-mock`}</title>
    <link rel="icon" href={ICON} />
    {styles.map((file) => (
      <link rel="stylesheet" href={`/__admin/console/assets/${file}`} />
    ))}
    <link rel="modulepreload" href="/__admin/console/assets/shared.js" />
    <script type="module" src={`/__admin/console/assets/${script}`}></script>
  </head>
)

/** Link to the same page in the other language. */
export const LanguageLink = ({ language, t }: Pick<ShellProps, 'language' | 't'>) => {
  const other = languages.find((one) => one !== language) ?? language
  return (
    <a class="button is-quiet" id="language" href={`?lang=${other}`} lang={other} hreflang={other}>
      {t('shell.language')}
    </a>
  )
}

/** The page around the views. The script puts a view into `main`. */
export const Shell = ({ language, t, needsToken, pageProof, views }: ShellProps) => (
  <html lang={language}>
    <Head
      title={t('shell.title')}
      styles={['base.css', 'layout.css', 'forms.css', 'parts.css', 'views.css', 'journal.css', 'workbench.css']}
      script="console.js"
    />
    <body
      data-text-copied={t('shell.copied')}
      data-text-not-copied={t('shell.notCopied')}
      data-text-offline={t('shell.offline')}
      data-text-failed={t('shell.failed')}
      data-text-no-view={t('shell.noView')}
      data-text-connected={t('shell.connected')}
      data-text-broken={t('shell.broken')}
      data-text-paused={t('shell.paused')}
      data-text-unreachable={t('shell.unreachable')}
      data-text-locked={t('token.locked')}
      data-text-enter-token={t('token.enter')}
      data-page-proof={pageProof}
      data-views={views.join(' ')}
      {...(needsToken && { 'data-needs-token': '' })}
    >
      <a class="skip" href="#main">
        {t('shell.skip')}
      </a>
      <header class="bar">
        <p class="brand">
          koodrive<span class="suffix">-mock</span>
        </p>
        <p class="connection" id="connection" role="status">
          {t('shell.connecting')}
        </p>
        <div class="tools">
          <button type="button" class="is-quiet" id="live" aria-pressed="true">
            {t('shell.live')}
          </button>
          <button type="button" class="is-quiet" id="theme">
            {t('shell.theme')}
          </button>
          <LanguageLink language={language} t={t} />
          <button type="button" class="is-quiet" id="shortcuts-open" aria-label={t('keys.title')}>
            ?
          </button>
        </div>
      </header>
      <nav aria-label={t('shell.views')}>
        <ol>
          {navigation.map((view) => (
            <li>
              <a href={`#/${view}`} data-view={view}>
                {t(`nav.${view}`)}
              </a>
            </li>
          ))}
        </ol>
        <p>
          <a href={`/__admin/docs?lang=${language}`}>{t('shell.docs')}</a>
        </p>
      </nav>
      <main id="main" tabindex={-1} aria-busy="true">
        <h1 tabindex={-1}>{t('shell.title')}</h1>
        <p>{t('shell.loading')}</p>
        <noscript>
          <p class="notice is-bad">
            {t('shell.script')} <a href="/__admin/control.openapi.json">/__admin/control.openapi.json</a>
          </p>
        </noscript>
      </main>
      <p id="announcer" class="toast" role="status"></p>
      <TokenDialog t={t} />
      <ShortcutsDialog t={t} />
    </body>
  </html>
)

/** Asks for the control token; the script opens it. */
export const TokenDialog = ({ t }: { t: Translate }) => (
  <dialog id="token-dialog" aria-labelledby="token-title">
    <form id="token-form">
      <h2 id="token-title">{t('token.title')}</h2>
      <p id="token-why">{t('token.why')}</p>
      <p id="token-wrong" class="notice is-bad" role="alert" hidden>
        {t('token.wrong')}
      </p>
      <label>
        {t('token.label')}
        <input id="token" type="password" autocomplete="off" aria-describedby="token-why" required />
      </label>
      <button type="submit" class="is-main">
        {t('token.use')}
      </button>
    </form>
  </dialog>
)

const ShortcutsDialog = ({ t }: { t: Translate }) => (
  <dialog id="shortcuts" aria-labelledby="shortcuts-title">
    <h2 id="shortcuts-title">{t('keys.title')}</h2>
    <dl class="keys">
      {[
        [`1 – ${navigation.length}`, t('keys.views')],
        ['/', t('keys.filter')],
        ['j / k', t('keys.steps')],
        ['Enter', t('keys.open')],
        ['Esc', t('keys.closeDetail')],
        ['p', t('keys.pause')],
        ['t', t('keys.theme')],
        ['?', t('keys.help')],
      ].map(([key, meaning]) => (
        <div>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
    <label class="check">
      <input type="checkbox" id="shortcuts-on" checked /> {t('keys.on')}
    </label>
    <form method="dialog">
      <button type="submit">{t('keys.close')}</button>
    </form>
  </dialog>
)
