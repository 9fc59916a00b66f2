/** Replaces the value of a secret field; gets its name and its value without quotes. */
export type Replace = (name: string, value: string) => string

const STRING = /"(?:[^"\\]|\\[\s\S])*(?:"|$)/g
const SCALAR = /[^\s,}\]]*/y

/**
 * Replaces the secret fields of JSON text where they stand, so that everything else is shown byte by byte. Works on text
 * that is cut off or broken, and on names written with escapes.
 */
export function replaceJsonFields(text: string, replace: Replace): string {
  let shown = ''
  let from = 0
  STRING.lastIndex = 0
  for (let key = STRING.exec(text); key !== null; key = STRING.exec(text)) {
    const colon = /\s*:\s*/y
    colon.lastIndex = STRING.lastIndex
    if (!colon.test(text)) continue
    const name = unquoted(key[0])
    if (!isSecretName(name)) continue
    const start = colon.lastIndex
    const end = endOfValue(text, start)
    shown += `${text.slice(from, start)}"${replace(name, unquoted(text.slice(start, end)))}"`
    from = end
    STRING.lastIndex = end
  }
  return shown + text.slice(from)
}

/** Where the JSON value that begins at `start` ends; the end of the text when it is cut off. */
function endOfValue(text: string, start: number): number {
  const first = text[start]
  const string = new RegExp(STRING.source, 'y')
  if (first === '"') {
    string.lastIndex = start
    return string.test(text) ? string.lastIndex : text.length
  }
  if (first !== '{' && first !== '[') {
    SCALAR.lastIndex = start
    SCALAR.test(text)
    return SCALAR.lastIndex
  }
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '"') {
      string.lastIndex = at
      at = string.test(text) ? string.lastIndex - 1 : text.length
    } else if (sign === '{' || sign === '[') depth += 1
    else if (sign === '}' || sign === ']') depth -= 1
    if (depth === 0) return at + 1
  }
  return text.length
}

function unquoted(text: string): string {
  if (!text.startsWith('"')) return text
  try {
    return String(JSON.parse(text))
  } catch {
    return text.slice(1).replace(/"$/, '')
  }
}

const PAIR = /((?:^|[^\w.-])["']?)([\w.-]{1,64})(["']?\s*[=:]\s*)("(?:[^"\\]|\\.)*"?|'[^']*'?|[^\s&,;"'{}[\]]+)/g

/** Replaces the secret fields of other text: forms, YAML, and JSON with quotes that JSON does not know. */
export const replaceLooseFields = (text: string, replace: Replace): string =>
  text.replace(PAIR, (whole, before: string, name: string, sign: string, value: string) => {
    if (!isSecretName(name)) return whole
    const quote = /^["']/.exec(value)?.[0] ?? ''
    return `${before}${name}${sign}${quote}${replace(name, value.replace(/^["']|["']$/g, ''))}${quote}`
  })

const PART = /(name="?([\w.-]{1,64})"?[^\r\n]{0,200}\r?\n(?:[^\r\n]{1,200}\r?\n){0,4}\r?\n)([^\r\n]*)/g

/** Replaces the secret fields of a multipart form. */
export const replaceFormParts = (text: string, replace: Replace): string =>
  text.replace(PART, (whole, before: string, name: string, value: string) =>
    isSecretName(name) ? before + replace(name, value) : whole,
  )

const PARAMETER = /([?&;#])([^=&;#?]*)=([^&;#]*)/g
/** A parameter of an address that is a parameter itself, such as where a sign-in leads to; encoded as often as it lies deep. */
const NESTED = /(%((?:25)*)(?:3F|26|3B|23))([\w.-]{1,64})(%\2(?:3D))((?:(?!%\2(?:26|3B|23))[^&;#\s"'])*)/gi
const USER_INFO = /(\/\/[^/@:?#]*:)([^/@?#]*)@/g

/** Replaces the secret parameters of a target or an address and of the addresses within, and the password of an address. */
export const replaceParameters = (target: string, replace: Replace): string =>
  target
    .replace(PARAMETER, (whole, sign: string, name: string, value: string) =>
      isSecretName(decoded(name)) ? `${sign}${name}=${replace(decoded(name), decoded(value))}` : whole,
    )
    .replace(NESTED, (whole, sign: string, depth: string, name: string, equals: string, value: string) => {
      if (!isSecretName(name)) return whole
      let plain = value
      for (let level = 0; level <= depth.length / 2; level += 1) plain = decoded(plain)
      return `${sign}${name}${equals}${replace(name, plain)}`
    })
    .replace(USER_INFO, (_, before: string, value: string) => `${before}${replace('password', decoded(value))}@`)

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

const SECRET = /pass(?:word|wd|phrase)|secret|token$|^pwd$|cookie|apikey|authorization$|sessionid$|credential/
/** The same wherever it stands in a text, and whatever but letters and digits stands in between. */
const MAY_BE_SECRET = new RegExp(
  [
    ...['password', 'passwd', 'passphrase', 'secret', 'token', 'pwd', 'cookie', 'apikey', 'authorization', 'sessionid'],
    'credential',
  ]
    .map((word) => [...word].join('[^a-z0-9]*'))
    .join('|'),
)

/** The same few names come again and again. */
const judged = new Map<string, boolean>()
const JUDGED_KEPT = 1000
const LONGEST_KEPT = 64

/** Whether a field, parameter or header with this name holds a secret, however it is spelled: app_secret, X-Auth-Token. */
export function isSecretName(name: string): boolean {
  const known = judged.get(name)
  if (known !== undefined) return known
  const isSecret = SECRET.test(name.toLowerCase().replace(/[^a-z0-9]/g, ''))
  if (name.length <= LONGEST_KEPT) {
    if (judged.size >= JUDGED_KEPT) judged.clear()
    judged.set(name, isSecret)
  }
  return isSecret
}

/** Whether a text may have a name that {@link isSecretName} knows: false is certain, and soon said. Escapes hide names. */
export const mayNameSecret = (text: string): boolean => text.includes('\\') || MAY_BE_SECRET.test(text.toLowerCase())

/** What a secret is, so that a placeholder can say what belongs in its place. */
export type SecretKind =
  | 'accessToken'
  | 'appAccessToken'
  | 'appSecret'
  | 'password'
  | 'cookie'
  | 'controlToken'
  | 'secret'

/** The kind that a name tells. */
export function kindOf(name: string): SecretKind {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (/pass|pwd/.test(plain)) return 'password'
  if (plain.includes('cookie')) return 'cookie'
  if (plain.includes('appsecret')) return 'appSecret'
  return /token$|authorization$/.test(plain) ? 'accessToken' : 'secret'
}
