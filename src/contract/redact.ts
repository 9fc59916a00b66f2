import { Redactor, spellingsOf } from '../shared/redact.ts'
import { type ContractCredentials, credentialVariables } from './credentials.ts'

/** Takes the secrets of a run out of what it shows. */
export interface Redact {
  /** Prose. */
  (text: string): string
  /** Only the credentials of the run: for lines that are to be run again and hold nothing else that is secret. */
  readonly credentials: (text: string) => string
  readonly header: (name: string, value: string) => string
  readonly url: (url: string) => string
  readonly body: (text: string) => string
}

/** Shorter values would hide half of every string. */
const SHORTEST = 4
const MASK = '***'

/**
 * Replaces each credential, however it is written, by the name of its environment variable; then whatever is a secret by
 * the name of its field, parameter or header, or looks like a bearer token, a signature or a password.
 */
export function createRedactor(credentials: ContractCredentials): Redact {
  const replacements = Object.entries(credentialVariables)
    .flatMap(([key, variable]) => {
      const value = credentials[key as keyof ContractCredentials]
      if (value === undefined || value.length < SHORTEST) return []
      return spellingsOf(value).map((spelling): [string, string] => [spelling, `$${variable}`])
    })
    .sort(([a], [b]) => b.length - a.length)
  const withoutCredentials = (text: string): string => {
    let clean = text
    for (const [value, placeholder] of replacements) clean = clean.replaceAll(value, placeholder)
    return withoutCutCredential(clean, replacements)
  }
  const placeholders = new Set([MASK, ...Object.values(credentialVariables).map((variable) => `$${variable}`)])
  const byName = () => new Redactor({ mark: () => MASK, isShown: (value) => placeholders.has(value) })
  const prose = (text: string): string =>
    withoutCredentials(text)
      .replace(/(Signature=)[^\s,"'\\]+/gi, '$1***')
      .replace(/("password"\s*:\s*)"(?:[^"\\]|\\.)*"/gi, '$1"***"')
      .replace(/\b(Bearer[+ ])(?!\$|\*\*\*|")[^\s"',]+/g, '$1***')
  return Object.assign(prose, {
    credentials: withoutCredentials,
    header: (name: string, value: string) =>
      byName().header(name, prose(value).replace(/(AppId=)(?!\$)[^,\s]+/i, `$1${MASK}`)),
    url: (url: string) => byName().target(prose(url)),
    body: (text: string) => byName().body(prose(text)),
  })
}

/** A string that was cut may end within a credential; its beginning is a secret too. */
function withoutCutCredential(text: string, replacements: readonly (readonly [string, string])[]): string {
  const cut = text.indexOf('…')
  if (cut < 0) return text
  const before = text.slice(0, cut)
  for (const [value, placeholder] of replacements) {
    for (let length = value.length - 1; length >= SHORTEST; length -= 1) {
      if (before.endsWith(value.slice(0, length))) return before.slice(0, -length) + placeholder + text.slice(cut)
    }
  }
  return text
}
