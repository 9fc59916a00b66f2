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
