import { createHash, timingSafeEqual } from 'node:crypto'
import { isFromOtherSite } from '../../shared/headers.ts'
import { Problem } from '../problem.ts'

/** Who may use the control plane. */
export interface GuardOptions {
  /** Token that every call must carry; undefined when none is asked for. */
  token: string | undefined
  /** Host names besides the loopback ones that are ours. */
  readonly hosts: readonly string[]
  /** What a page of ours was given: a browser changes something only with it. */
  readonly pageProof?: string | undefined
}

/** Header in which a page of ours sends its proof. */
const PROOF_HEADER = 'x-mock-page'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Without the port; IPv6 addresses keep their brackets. */
const nameOf = (host: string): string => host.trim().toLowerCase().replace(/:\d+$/, '')

/**
 * Refuses calls that a page of another site could make a browser send, and calls without the token. A public route
 * holds no data of any sandbox: it needs no token, because a browser cannot send one when it opens a page.
 *
 * @throws Problem 401 or 403.
 */
export function guard(
  headers: Headers,
  method: string,
  { token, hosts, pageProof }: GuardOptions,
  isPublic = false,
): void {
  const host = headers.get('host') ?? ''
  if (token !== undefined) {
    if (!isPublic) checkToken(headers.get('authorization'), token)
  } else if (!LOOPBACK.has(nameOf(host)) && !hosts.includes(nameOf(host))) {
    throw forbidden(
      `The Host "${host}" is not this server's. Call it by localhost, 127.0.0.1 or the name it listens on.`,
    )
  }
  const origin = headers.get('origin')
  if (origin !== null && origin.replace(/^https?:\/\//, '') !== host) {
    throw forbidden(`Calls from pages of another origin (${origin}) are refused.`)
  }
  const site = headers.get('sec-fetch-site')
  if (isFromOtherSite(site)) {
    throw forbidden(`Calls from pages of another site are refused (Sec-Fetch-Site: ${site}).`)
  }
  const isChange = method !== 'GET' && method !== 'HEAD'
  if (isChange && pageProof !== undefined && (origin !== null || site !== null)) checkProof(headers, pageProof)
  if (isChange && isForm(headers.get('content-type'))) {
    throw new Problem(
      415,
      'Unsupported Media Type',
      "The control plane takes JSON, not forms: add -H 'Content-Type: application/json' to curl, which sends a form otherwise.",
    )
  }
}

const forbidden = (detail: string) => new Problem(403, 'Forbidden', detail)

const isForm = (type: string | null): boolean =>
  type !== null && /^(?:application\/x-www-form-urlencoded|multipart\/|text\/)/i.test(type.trim())

function checkProof(headers: Headers, proof: string): void {
  if (isSame(headers.get(PROOF_HEADER) ?? '', proof)) return
  throw forbidden('A browser changes something only from a page of this server. Open /__admin/console again.')
}

function checkToken(authorization: string | null, token: string): void {
  const given = /^bearer (.+)$/i.exec(authorization?.trim() ?? '')?.[1] ?? ''
  if (isSame(given, token)) return
  throw new Problem(401, 'Unauthorized', 'The control plane needs Authorization: Bearer <control token> here.')
}

/** Takes the same time wherever two strings differ. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}
