import type { Mark } from '../shared/redact.ts'
import type { SecretKind } from '../shared/secret-names.ts'
import { curlLine, type Word } from '../shared/shell.ts'
import { urlOf } from './har.ts'
import type { JournalEntry } from './journal-entry.ts'
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

/** Mark a variable until its text is quoted: halves of characters, which no string has that was decoded from bytes. */
const OPEN = '\ud800'
const CLOSE = '\udbff'

/** The mark of a viewer whose exchanges become curl lines. */
export const variableMark: Mark = (kind) => `${OPEN}${variables[kind]}${CLOSE}`

/** Headers that curl writes itself. */
const OWN = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'accept-encoding', 'keep-alive'])

/** One line for a shell that repeats a request; secrets are variables such as $KOODRIVE_ACCESS_TOKEN. */
export function entryToCurl(entry: JournalEntry, viewer: Viewer): string {
  const { request } = viewer.exchange(entry)
  const { method, headers, body } = request
  const line = curlLine({
    method,
    url: toWord(urlOf(request)),
    headers: headers
      .filter(([name]) => !OWN.has(name.toLowerCase()))
      .map(([name, value]) => [name, value === '' ? '' : toWord(value)]),
    body: body === '' ? undefined : toWord(body),
  })
  return `${line}${entry.isCut ? ' # the journal keeps the first 262,144 bytes of a body' : ''}\n`
}

const VARIABLE = new RegExp(`${OPEN}(${Object.values(variables).join('|')})${CLOSE}`)

/** Text with its marks turned into variables. */
const toWord = (text: string): Word =>
  text.split(VARIABLE).map((part, at) => (at % 2 === 1 ? { variable: part } : part))
