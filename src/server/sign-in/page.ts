import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import { both, type Language, languages } from '../../spec/languages.ts'

/** Somebody to sign in as. */
export interface Choice {
  readonly href: string
  readonly name: string
  readonly detail: string
  readonly isDisabled: boolean
}

interface SignInView {
  readonly language: Language
  readonly organisation: string
  readonly target: string
  readonly quick: readonly Choice[]
  readonly users: readonly Choice[]
  readonly total: number
  readonly keyWord: string
  /** What the search form hands on besides the words. */
  readonly parameters: readonly (readonly [string, string])[]
  readonly moreHref: string | undefined
  readonly languageHref: string
}

type Html = ReturnType<typeof html>

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}
h1{margin-bottom:0}ul{list-style:none;padding:0}li a,li>span{display:block;padding:.6rem .8rem;border:1px solid #8888;border-radius:.5rem;margin:.4rem 0;color:inherit;text-decoration:none}
li a:hover{border-color:#1f5fbf}a:focus-visible,input:focus-visible,button:focus-visible{outline:3px solid #1f5fbf;outline-offset:2px}
small{opacity:.8}form{display:flex;gap:.5rem;align-items:end}label{flex:1}input{width:100%;box-sizing:border-box}input,button{font:inherit;padding:.4rem .6rem}
code{overflow-wrap:anywhere}header{display:flex;justify-content:space-between;gap:1rem}`

/** The page runs no script and loads nothing; links may lead to where the caller asked for. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html;charset=UTF-8',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  // The code is in the address that the browser is led to.
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
}

/** A string of the page in a language. */
export const say = (
  key: keyof typeof texts,
  language: Language,
  values: Readonly<Record<string, string>> = {},
): string => texts[key][language].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')

const frame = (
  language: Language,
  title: string,
  languageHref: string | undefined,
  main: Html,
): Html => html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · koodrive-mock</title>
${raw(`<style>${STYLE}</style>`)}
</head>
<body>
<header><span>koodrive-mock</span>${
  languageHref === undefined
    ? ''
    : html`<a href="${languageHref}" lang="${languages.find((one) => one !== language) ?? language}">${say('language', language)}</a>`
}</header>
<main>${main}</main>
</body>
</html>
`

const choice = ({ href, name, detail, isDisabled }: Choice, language: Language): Html =>
  isDisabled
    ? html`<li><span>${name} <small>${detail}, ${say('disabled', language)}</small></span></li>`
    : html`<li><a href="${href}">${name} <small>${detail}</small></a></li>`

/** Whom to sign in as. */
export function choicePage(view: SignInView): Html {
  const { language, organisation, target, quick, users, total, keyWord, parameters, moreHref } = view
  const title = say('title', language)
  return frame(
    language,
    title,
    view.languageHref,
    html`<h1>${title}: ${organisation}</h1>
<p>${say('hint', language)}</p>
<p><small>${say('leadsTo', language, { target })}</small></p>
<h2 id="quick">${say('quick', language)}</h2>
<ul aria-labelledby="quick">${quick.map((one) => choice(one, language))}</ul>
<h2 id="users">${say('users', language)}</h2>
<form method="get" role="search">${parameters.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<label>${say('search', language)} <input type="search" name="keyWord" value="${keyWord}"></label>
<button>${say('find', language)}</button></form>
<p role="status">${total === 0 ? say('nobody', language) : say(total === 1 ? 'foundOne' : 'found', language, { total: String(total) })}</p>
<ul aria-labelledby="users">${users.map((one) => choice(one, language))}</ul>
${moreHref === undefined ? '' : html`<p><a href="${moreHref}">${say('more', language)}</a></p>`}`,
  )
}

/** The code itself, for a sign-in that leads nowhere else. */
export const codePage = (language: Language, code: string, note: string): Html =>
  frame(
    language,
    say('code', language),
    undefined,
    html`<h1>${say('code', language)}</h1>
<p><code id="code">${code}</code></p>
<p>${say('codeHint', language)}</p>
${note === '' ? '' : html`<p>${note}</p>`}`,
  )

/** Why nobody can sign in here. */
export const problemPage = (language: Language, problem: string): Html =>
  frame(
    language,
    say('problem', language),
    undefined,
    html`<h1>${say('problem', language)}</h1>
<p role="alert">${problem}</p>`,
  )

/** Every text of the sign-in page. */
export const texts = {
  title: both('Sign in', '登录'),
  hint: both(
    'This is the sign-in page of koodrive-mock: choose whom to sign in as. There is no password.',
    '这是 koodrive-mock 的登录页面：请选择以谁的身份登录，无需密码。',
  ),
  leadsTo: both('Then on to {target}', '登录后前往 {target}'),
  quick: both('Sign in quickly as', '快速登录'),
  admin: both('System administrator', '系统管理员'),
  deptAdmin: both('Department administrator', '部门管理员'),
  user: both('Common user', '普通用户'),
  users: both('All users', '所有用户'),
  search: both('Search by name', '按姓名搜索'),
  find: both('Search', '搜索'),
  found: both('{total} users', '共 {total} 个用户'),
  foundOne: both('1 user', '共 1 个用户'),
  more: both('More', '更多'),
  nobody: both('Nobody has such a name.', '没有匹配的用户。'),
  disabled: both('disabled', '已停用'),
  problem: both('Signing in is not possible', '无法登录'),
  code: both('Authorization code', '授权码'),
  codeHint: both(
    'Hand this code to POST /koodrive/ose/v1/session within five minutes. It is good once.',
    '请在五分钟内将此授权码提交给 POST /koodrive/ose/v1/session，只能使用一次。',
  ),
  language: both('中文', 'English'),
} as const
