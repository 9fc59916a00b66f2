import { spellToken } from './authorize.ts'
import { credentialVariables } from './credentials.ts'
import type { RequestSpec, SignatureAuth } from './request-spec.ts'

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** The longest body that a line prints as it is. */
const LONGEST_BODY = 4000

/**
 * A shell line that repeats a request. Credentials come from the environment; a signature is made anew by
 * `koodrive-mock sign`, so the line works at any time.
 */
export function toCurl(spec: RequestSpec, baseUrl: string): string {
  const { method, path, query, auth, headers = {} } = spec
  const url = (where: Pick<RequestSpec, 'path' | 'query'>): string =>
    `"\${KOODRIVE_TARGET:-${baseUrl}}"${quoted(where.path + (where.query === undefined ? '' : `?${where.query}`))}`
  const data = bodyOf(spec)
  const own = Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`)
  const isBodyUntyped =
    data !== undefined && !Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
  const call = (authorization: readonly string[]): string =>
    [
      'curl -sS -i -g --path-as-is',
      `-X ${method}`,
      ...authorization,
      ...own,
      ...(isBodyUntyped ? ["-H 'Content-Type:'"] : []),
      ...(data === undefined ? [] : [`--data-binary ${data}`]),
      url({ path, ...(query !== undefined && { query }) }),
    ].join(' ')

  switch (auth.scheme) {
    case 'none':
      return call([])
    case 'token': {
      const variable = auth.token === 'access' ? credentialVariables.accessToken : credentialVariables.appAccessToken
      const token = (auth.value === undefined ? `"$${variable}"` : quoted(auth.value)) + (auth.suffix ?? '')
      return call([`-H 'Authorization: ${spellToken[auth.form]}'${token}`])
    }
    case 'signature':
      return `${signing(spec, auth, url)} | ${call(['-H @-'])}`
  }
}

/** The part of a line that prints the signed headers. */
function signing(spec: RequestSpec, auth: SignatureAuth, url: (where: RequestSpec) => string): string {
  const signs = { ...spec, ...auth.signs }
  const data = bodyOf(auth.signs?.body === undefined ? spec : { ...spec, body: auth.signs.body })
  const environment = [
    ...(auth.appId === undefined ? [] : [`KOODRIVE_APP_ID=${quoted(auth.appId)}`]),
    ...(auth.secret === undefined ? [] : [`KOODRIVE_APP_SECRET=${quoted(auth.secret)}`]),
    ...(auth.userId === undefined ? [] : [`KOODRIVE_USER_ID=${quoted(auth.userId)}`]),
  ]
  const date =
    auth.xDate !== undefined
      ? [`--date ${quoted(auth.xDate)}`]
      : auth.ageSeconds === undefined
        ? []
        : [`--date "$(date -u -d '${-auth.ageSeconds} seconds' +%Y%m%dT%H%M%SZ)"`]
  const command = [
    ...environment,
    'koodrive-mock sign',
    signs.method,
    url(signs),
    '--headers',
    ...(auth.xDate !== undefined || auth.signedHeaders !== undefined ? ['--anyway'] : []),
    ...(auth.signedHeaders === undefined ? [] : [`--signed-headers ${quoted(auth.signedHeaders.join(';'))}`]),
    ...date,
    ...(data === undefined ? [] : [`--data ${data}`]),
  ].join(' ')
  const without = (auth.without ?? []).map((name) => ` | grep -vi '^${name}:'`).join('')
  const exchanged = Object.entries(auth.exchanged ?? {})
    .map(([name, value]) => ` | sed -E ${quoted(`s#^(${name}):.*#\\1: ${value}#I`)}`)
    .join('')
  const rewrite =
    auth.rewrite === undefined
      ? ''
      : ` | sed -E ${quoted(`/^authorization:/I s#${auth.rewrite[0]}#${auth.rewrite[1].replaceAll('$', '\\')}#`)}`
  // The signer adds Content-Type for a body; the line sends its own.
  return `${command}${data === undefined ? '' : " | grep -vi '^content-type:'"}${without}${exchanged}${rewrite}`
}

function bodyOf({ body, shellBody }: RequestSpec): string | undefined {
  if (body === undefined) return undefined
  if (shellBody !== undefined && body.length > LONGEST_BODY) return `"$(${shellBody})"`
  return quoted(body)
}
