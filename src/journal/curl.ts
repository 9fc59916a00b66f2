import { urlOf } from './har.ts'
import type { JournalEntry } from './journal.ts'
import type { Mark } from './redact.ts'
import type { SecretKind } from './secret-names.ts'
import type { Viewer } from './viewer.ts'

const variables: Readonly<Record<SecretKind, string>> = {
  accessToken: 'KOODRIVE_ACCESS_TOKEN',
  appAccessToken: 'KOODRIVE_APP_ACCESS_TOKEN',
  appSecret: 'KOODRIVE_APP_SECRET',
  password: 'KOODRIVE_PASSWORD',
  cookie: 'KOODRIVE_COOKIE',
  controlToken: 'KOODRIVE_MOCK_CONTROL_TOKEN',
  secret: 'KOODRIVE_SECRET',
}

/** Marks a variable until its text is quoted; no request holds these characters. */
const OPEN = '\u{F0000}'
const CLOSE = '\u{F0001}'

/** The mark of a viewer whose exchanges become curl lines. */
export const variableMark: Mark = (kind) => `${OPEN}${variables[kind]}${CLOSE}`

/** Headers that curl writes itself. */
const OWN = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'accept-encoding', 'keep-alive'])

/** One line for bash that repeats a request; secrets are variables such as $KOODRIVE_ACCESS_TOKEN. */
export function toCurl(entry: JournalEntry, viewer: Viewer): string {
  const { request } = viewer.exchange(entry)
  const { method, headers, body } = request
  const parts = ['curl -sS --globoff --path-as-is']
  if (method === 'HEAD') parts.push('--head')
  else if (method !== (body === '' ? 'GET' : 'POST')) parts.push(`-X ${quoted(method)}`)
  parts.push(quoted(urlOf(request)))
  for (const [name, value] of headers) {
    if (!OWN.has(name.toLowerCase())) parts.push(`-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`)
  }
  if (body !== '') parts.push(`--data-raw ${quoted(body)}`)
  if (entry.isCut) parts.push('# the journal keeps the first 262,144 bytes of a body')
  return `${parts.join(' ')}\n`
}

const VARIABLE = new RegExp(`${OPEN}(${Object.values(variables).join('|')})${CLOSE}`, 'u')

/** Quoted for bash: texts literally, variables so that they are filled in. */
const quoted = (text: string): string =>
  text
    .split(VARIABLE)
    .map((part, at) => (at % 2 === 1 ? `"$${part}"` : part === '' && text !== '' ? '' : literal(part)))
    .join('')

/** A text as one word of bash. */
export function literal(text: string): string {
  if (!/\p{Cc}/u.test(text)) return `'${text.replaceAll("'", "'\\''")}'`
  return `$'${text.replace(/['\\]/g, '\\$&').replace(/\p{Cc}/gu, toEscape)}'`
}

const toEscape = (sign: string): string => {
  const code = sign.charCodeAt(0)
  if (sign === '\n') return '\\n'
  return code < 0x80 ? `\\x${code.toString(16).padStart(2, '0')}` : sign
}
