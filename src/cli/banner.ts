import type { Credentials } from '../world/config.ts'
import { colours } from './colours.ts'

export interface BannerOptions {
  readonly url: string
  readonly credentials: Credentials
  /** Token of the control plane, when one was generated. */
  readonly controlToken: string | undefined
  /** Whether there is a control plane, with its pages. */
  readonly hasControl: boolean
  /** How to come by the CA of a certificate made at start; absent when there is nothing to trust. */
  readonly trust?: { readonly file: string | undefined; readonly isServed: boolean } | undefined
}

/** What the terminal shows at start: where the mock is, with what to call it, and a line to paste. */
export async function banner({
  url,
  credentials: { appId, appSecret, userId, tokens },
  controlToken,
  hasControl,
  trust,
}: BannerOptions): Promise<string> {
  const rows: [string, string][] = [
    ['URL', url],
    ...(hasControl
      ? ([
          ['console', `${url}/__admin/console`],
          ['API docs', `${url}/__admin/docs`],
        ] as [string, string][])
      : []),
    ['AppId', appId],
    ['AppSecret', appSecret],
    ['X-User-Id', userId],
    ['access token (system administrator)', tokens.admin],
    ['access token (department administrator)', tokens.deptAdmin],
    ['access token (common user)', tokens.user],
    ['application access token', tokens.app],
    ...(controlToken === undefined ? [] : [['control token (generated)', controlToken] as [string, string]]),
  ]
  if (trust !== undefined) rows.push(['CA to trust', caHint(url, trust)])
  const width = Math.max(...rows.map(([name]) => name.length))
  const table = rows.map(([name, value]) => `  ${colours.dim(name.padEnd(width))}  ${value}`)
  const certified =
    trust === undefined ? '' : trust.file === undefined ? '-k ' : `--cacert ${await quoted(trust.file)} `
  const curl = `curl -s ${certified}-H 'Authorization: Bearer ${tokens.admin}' '${url}/koodrive/ose/v1/userList?offset=0&limit=3'`
  return [...table, '', 'Try it:', `  ${curl}`, '', ''].join('\n')
}

/** The name of a file as a shell takes it. */
const quoted = async (file: string): Promise<string> => (await import('../shared/shell.ts')).quote(file)

/** The certificate changes with each start, so its CA has to be handed on each time. */
function caHint(url: string, { file, isServed }: NonNullable<BannerOptions['trust']>): string {
  const how = (pem: string) => `NODE_EXTRA_CA_CERTS=${pem}, curl --cacert ${pem}`
  if (file !== undefined) return how(file)
  return isServed ? `curl -sk ${url}/__admin/ca.pem -o ca.pem; then ${how('ca.pem')}` : 'written by --tls-ca-out FILE'
}
