import type { HeaderPairs } from '../../signing/index.ts'

export const REDACTED = '[redacted]'

const SECRET_HEADERS = new Set(['cookie', 'set-cookie', 'proxy-authorization', 'x-auth-token', 'x-session-id'])
const SECRET_NAMES = 'password|appSecret|secret|accessToken|access_token|refreshToken|token'
const SECRET_FIELDS = new RegExp(`("(?:${SECRET_NAMES})"\\s*:\\s*)(?:"(?:[^"\\\\]|\\\\.)*"?|-?[\\d.]+)`, 'gi')
const SECRET_PARAMETERS = new RegExp(`([?&](?:${SECRET_NAMES}|authorization|signature)=)[^&#]*`, 'gi')

/** The first characters of a token, enough to tell two apart. */
const TOKEN_SHOWN = 4

/** Headers fit to be shown: a signature stays (it is no secret and needed to compare), tokens and cookies go. */
export const redactHeaders = (headers: HeaderPairs): [string, string][] =>
  headers.map(([name, value]) => [name, redactHeader(name.toLowerCase(), value)])

function redactHeader(name: string, value: string): string {
  if (name === 'authorization') return redactAuthorization(value)
  return SECRET_HEADERS.has(name) ? REDACTED : value
}

function redactAuthorization(value: string): string {
  if (/hmac-sha256/i.test(value)) return value
  const [, scheme = '', token = ''] = /^(bearer[+ ]|basic |)(.*)$/is.exec(value.trim()) ?? []
  const shown = token.length > 3 * TOKEN_SHOWN ? token.slice(0, TOKEN_SHOWN) : ''
  return `${scheme}${shown}${REDACTED}`
}

/** A body fit to be shown: passwords, secrets and tokens are replaced, wherever they stand. */
export const redactBody = (text: string): string => text.replace(SECRET_FIELDS, `$1"${REDACTED}"`)

/** A target fit to be shown: secrets in a query are replaced. */
export const redactTarget = (target: string): string => target.replace(SECRET_PARAMETERS, `$1${REDACTED}`)
