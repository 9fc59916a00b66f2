import pc from 'picocolors'
import type { Credentials } from '../world/config.ts'

export interface BannerOptions {
  readonly url: string
  readonly credentials: Credentials
  /** Token of the control plane, when one was generated. */
  readonly controlToken: string | undefined
}

/** What the terminal shows at start: where the mock is, with what to call it, and a line to paste. */
export function banner({
  url,
  credentials: { appId, appSecret, userId, tokens },
  controlToken,
}: BannerOptions): string {
  const rows: [string, string][] = [
    ['URL', url],
    ['AppId', appId],
    ['AppSecret', appSecret],
    ['X-User-Id', userId],
    ['access token (system administrator)', tokens.admin],
    ['access token (department administrator)', tokens.deptAdmin],
    ['access token (common user)', tokens.user],
    ['application access token', tokens.app],
    ...(controlToken === undefined ? [] : [['control token (generated)', controlToken] as [string, string]]),
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  const table = rows.map(([name, value]) => `  ${pc.dim(name.padEnd(width))}  ${value}`)
  const curl = `curl -s -H 'Authorization: Bearer ${tokens.admin}' '${url}/koodrive/ose/v1/userList?offset=0&limit=3'`
  return [...table, '', 'Try it:', `  ${curl}`, '', ''].join('\n')
}
