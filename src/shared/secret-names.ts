const SECRET = /pass(?:word|wd|phrase)|secret|token$|^pwd$|cookie|apikey|authorization$|sessionid$|credential/

/** Whether a field, parameter or header with this name holds a secret, however it is spelled: app_secret, X-Auth-Token. */
export const isSecretName = (name: string): boolean => SECRET.test(name.toLowerCase().replace(/[^a-z0-9]/g, ''))

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
