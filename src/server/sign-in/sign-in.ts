import { errorEntry } from '../../spec/errors.ts'
import { type Language, languages, pageLanguage } from '../../spec/languages.ts'
import type { User } from '../../world/directory/user.ts'
import { userStatuses } from '../../world/directory/user.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import { DEFAULT_SANDBOX } from '../../world/world.ts'
import type { AppContext, AppMiddleware } from '../app-env.ts'
import type { Deps } from '../deps.ts'
import { addressOf } from '../http/wire.ts'
import { loginNames, loginOf } from '../sandboxes/inputs.ts'
import { type Choice, choicePage, codePage, PAGE_HEADERS, problemPage, say } from './page.ts'
import { checkRedirect, SIGN_IN_PATHS } from './redirect.ts'

/** Clients of Node stop at 16 KiB of headers, and this is one of them. */
const LONGEST_LOCATION = 8192
/** Users of one page. */
const PAGE_SIZE = 20

/**
 * The sign-in service, in place of OrgID: a page to choose whom to sign in as, which leads to `redirect_uri` with a code
 * (RFC 6749, 4.1). `&login=admin` chooses without a page.
 */
export const signInPage =
  (deps: Deps): AppMiddleware =>
  async (c) =>
    authorize(deps, c)

/** The page that shows a code when a sign-in leads nowhere else. */
export const showCode =
  (deps: Deps): AppMiddleware =>
  async (c) => {
    const code = c.req.query('code') ?? ''
    if (code === '') return refuse(deps, c, 'There is no code in the address: sign in first.')
    return c.body(String(codePage(languageOf(c), code, '')), 200, PAGE_HEADERS)
  }

function authorize(deps: Deps, c: AppContext): Response | Promise<Response> {
  const language = languageOf(c)
  const { client_id, response_type = 'code', login, state } = c.req.query()
  const sandbox = client_id === undefined ? deps.world.get(DEFAULT_SANDBOX) : deps.world.ofAppId(client_id)
  if (sandbox === undefined) {
    return refuse(
      deps,
      c,
      'client_id names no sandbox of this server. It takes the AppId of a sandbox, as authCodeURL gives it.',
    )
  }
  if (response_type !== 'code') return refuse(deps, c, 'response_type takes code.')
  const { host, origin } = addressOf(c.req.url)
  const target = checkRedirect(c.req.query('redirect_uri') ?? origin + SIGN_IN_PATHS.code, {
    ownHost: host,
    redirectHosts: deps.redirectHosts,
  })
  if ('problem' in target) return refuse(deps, c, target.problem)
  if (login === undefined) return choose(c, language, sandbox, target.url)
  const found = loginOf(sandbox.read(), login)
  if ('problem' in found) return refuse(deps, c, found.problem)
  if (target.url.href.length + String(new URLSearchParams({ state: state ?? '' })).length > LONGEST_LOCATION) {
    return refuse(deps, c, `redirect_uri and state make an address of more than ${LONGEST_LOCATION} characters.`)
  }
  const code = sandbox.execute('create-auth-code', { userId: found.user.id })
  target.url.searchParams.set('code', code)
  if (state !== undefined) target.url.searchParams.set('state', state)
  return c.body(null, 302, { Location: target.url.href, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
}

function choose(c: AppContext, language: Language, sandbox: Sandbox, target: URL): Response {
  const state = sandbox.read()
  const { directory } = state
  const parameters = addressOf(c.req.url).searchParams
  const keyWord = (parameters.get('keyWord') ?? '').slice(0, 255)
  const page = /^[1-9]\d{0,6}$/.test(parameters.get('page') ?? '') ? Number(parameters.get('page')) : 1
  const hrefWith = (changes: Readonly<Record<string, string>>): string => {
    const changed = new URLSearchParams(parameters)
    for (const [name, value] of Object.entries(changes)) changed.set(name, value)
    return `?${changed}`
  }
  const toChoice = (user: User, login: string): Choice => ({
    href: hrefWith({ login }),
    name: user.name,
    detail: `${user.department.name}, ${user.id}`,
    isDisabled: user.status === userStatuses.disabled,
  })
  const { total, users } = directory.list(
    {
      ...{ scope: directory.root, direct: false, withSpace: false, inMobile: false, spaceStatus: undefined },
      keyWord: keyWord === '' ? undefined : keyWord,
    },
    (page - 1) * PAGE_SIZE,
    PAGE_SIZE,
  )
  const view = choicePage({
    language,
    organisation: directory.root.name,
    target: target.origin + target.pathname,
    quick: loginNames.flatMap((name) => {
      const found = loginOf(state, name)
      if ('problem' in found) return []
      const choice = toChoice(found.user, name)
      return { ...choice, name: say(name, language), detail: `${choice.name}, ${choice.detail}` }
    }),
    users: users.map((user) => toChoice(user, user.id)),
    total,
    keyWord,
    parameters: [...parameters].filter(([name]) => name !== 'keyWord' && name !== 'page'),
    moreHref: page * PAGE_SIZE < total ? hrefWith({ page: String(page + 1) }) : undefined,
    languageHref: hrefWith({ lang: languages.find((one) => one !== language) ?? language }),
  })
  return c.body(String(view), 200, PAGE_HEADERS)
}

const languageOf = (c: AppContext): Language =>
  pageLanguage(c.req.query('lang'), c.req.header('accept-language') ?? null)

/** Why nobody can sign in: as a page for browsers, else in the error shape of the service. */
async function refuse({ sayIn }: Deps, c: AppContext, problem: string): Promise<Response> {
  const language = languageOf(c)
  const { code, status, message } = errorEntry('verifyParametersFailed')
  if (c.req.header('accept')?.includes('text/html')) {
    return c.body(String(problemPage(language, await sayIn(language, problem))), status as 400, PAGE_HEADERS)
  }
  return c.body(JSON.stringify({ code, msg: message[language] }), status as 400, {
    'Content-Type': 'application/json;charset=UTF-8',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Mock-Diagnosis': problem.replace(/[^ -~]/g, '?'),
  })
}
