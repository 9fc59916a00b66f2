import { curlLine, quote, type Word } from '../shared/shell.ts'
import { version } from '../spec/version.ts'
import { spellToken } from './authorize.ts'
import { credentialVariables } from './credentials.ts'
import type { RequestSpec, SignatureAuth } from './request-spec.ts'

/** The longest body that a line prints as it is. */
const LONGEST_BODY = 4000

/**
 * A shell line that repeats a request. Credentials come from the environment; a signature is made anew by
 * `koodrive-mock sign`, so the line works at any time.
 */
export function specToCurl(spec: RequestSpec, baseUrl: string): string {
  const { method, path, query, auth, headers = {} } = spec
  const url = (where: Pick<RequestSpec, 'path' | 'query'>): Word => [
    { raw: `"\${KOODRIVE_TARGET:-${baseUrl.replace(/[$"\\`]/g, '\\$&')}}"` },
    where.path + (where.query === undefined ? '' : `?${where.query}`),
  ]
  const call = (authorization: readonly [string, Word][], options: readonly string[] = []): string =>
    curlLine({
      method,
      url: url({ path, ...(query !== undefined && { query }) }),
      headers: [...authorization, ...Object.entries(headers)],
      options: ['-i', ...options],
      body: bodyOf(spec),
    })

  switch (auth.scheme) {
    case 'none':
      return call([])
    case 'token': {
      const variable = auth.token === 'access' ? credentialVariables.accessToken : credentialVariables.appAccessToken
      const token =
        auth.variable !== undefined ? { variable: auth.variable } : auth.value === undefined ? { variable } : auth.value
      return call([['Authorization', [spellToken[auth.form], token, auth.suffix ?? '']]])
    }
    case 'signature':
      return `${signing(spec, auth, url)} | ${call([], ['-H @-'])}`
  }
}

/** The part of a line that prints the signed headers. */
function signing(spec: RequestSpec, auth: SignatureAuth, url: (where: RequestSpec) => Word): string {
  const signs = { ...spec, ...auth.signs }
  const data = bodyOf(auth.signs?.body === undefined ? spec : { ...spec, body: auth.signs.body })
  const environment = [
    ...(auth.appId === undefined ? [] : [`KOODRIVE_APP_ID=${quote(auth.appId)}`]),
    ...(auth.secret === undefined ? [] : [`KOODRIVE_APP_SECRET=${quote(auth.secret)}`]),
    ...(auth.userId === undefined ? [] : [`KOODRIVE_USER_ID=${quote(auth.userId)}`]),
  ]
  const date =
    auth.xDate !== undefined
      ? [`--date ${quote(auth.xDate)}`]
      : auth.ageSeconds === undefined
        ? []
        : [`--date "$(date -u -d '${-auth.ageSeconds} seconds' +%Y%m%dT%H%M%SZ)"`]
  const command = [
    ...environment,
    `npx --yes koodrive-mock@${version} sign`,
    signs.method,
    quote(url(signs)),
    '--headers',
    ...(auth.xDate !== undefined || auth.signedHeaders !== undefined ? ['--anyway'] : []),
    ...(auth.signedHeaders === undefined ? [] : [`--signed-headers ${quote(auth.signedHeaders.join(';'))}`]),
    ...date,
    ...(data === undefined ? [] : [`--data ${quote(data)}`]),
  ].join(' ')
  const without = (auth.without ?? []).map((name) => ` | grep -vi '^${name}:'`).join('')
  const exchanged = Object.entries(auth.exchanged ?? {})
    .map(([name, value]) => ` | sed -E ${quote(`s#^(${name}):.*#\\1: ${value}#I`)}`)
    .join('')
  const rewrite =
    auth.rewrite === undefined
      ? ''
      : ` | sed -E ${quote(`/^authorization:/I s#${auth.rewrite[0]}#${auth.rewrite[1].replaceAll('$', '\\')}#`)}`
  // The signer adds Content-Type for a body; the line sends its own.
  return `${command}${data === undefined ? '' : " | grep -vi '^content-type:'"}${without}${exchanged}${rewrite}`
}

function bodyOf({ body, shellBody }: RequestSpec): Word | undefined {
  if (body === undefined) return undefined
  return shellBody !== undefined && body.length > LONGEST_BODY ? { raw: `"$(${shellBody})"` } : body
}
