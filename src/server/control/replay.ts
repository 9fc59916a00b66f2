import type { JournalEntry } from '../../journal/journal-entry.ts'
import type { HeaderPairs } from '../../shared/headers.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import { DEFAULT_SANDBOX } from '../../world/world.ts'
import { tokenOf } from '../authentication/access-token.ts'
import type { Deps } from '../deps.ts'
import { badRequest, CONTROL_PREFIX, sandboxNamed } from '../problem.ts'
import { type CallerName, composeRequest } from './compose-request.ts'

/** What a request is sent again with; what is absent stays as it was. */
export interface Changes {
  readonly as?: CallerName | undefined
  readonly sandbox?: string | undefined
  readonly method?: string | undefined
  readonly target?: string | undefined
  readonly headers?: HeaderPairs | undefined
  readonly body?: string | undefined
}

/** Headers that belong to a connection, or are made again with the signature. */
const MADE_AGAIN =
  /^(?:authorization|x-date|host|content-length|connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect|proxy-.*|sec-.*|origin|referer)$/i

/** Headers that stay when a request is sent again. */
export const keptHeaders = (headers: HeaderPairs): [string, string][] =>
  headers.filter(([name]) => !MADE_AGAIN.test(name)).map(([name, value]): [string, string] => [name, value])

/** Who sent a request, as far as its Authorization header tells. */
export function callerOf(authorization: string, sandbox: Sandbox): CallerName {
  if (authorization.trim() === '') return 'nobody'
  const token = tokenOf(authorization)
  if (token === undefined) return 'signature'
  const { tokens } = sandbox.config.credentials
  const own = (Object.keys(tokens) as (keyof typeof tokens)[]).find((kind) => tokens[kind] === token)
  return own ?? (sandbox.peek().tokens.get(token)?.kind === 'app' ? 'app' : 'admin')
}

/** The sandbox whose credentials a request is sent again with. */
export const senderOf = ({ world }: Deps, name: string | undefined, owner: Sandbox | undefined): Sandbox =>
  name === undefined ? (owner ?? sandboxNamed(world, DEFAULT_SANDBOX)) : sandboxNamed(world, name)

/** What is sent again: the request without what belongs to its connection or signature, changed as wanted. */
export function changed(entry: JournalEntry, { method, target, headers, body }: Changes, origin: string) {
  const url = urlOf(target ?? entry.target, origin)
  if (entry.isCut && body === undefined && entry.requestBody.length > 0) {
    throw badRequest('The journal keeps the first 256 KiB of this body: give the body to send.', { path: 'body' })
  }
  const kept = keptHeaders(headers ?? entry.requestHeaders)
  return { method: method ?? entry.method, url, headers: kept, body: body ?? textOf(entry.requestBody) }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw badRequest('This body is not UTF-8: give the body to send.', { path: 'body' })
  }
}

/** The address of a target on this server; never one of the control plane, whose guard a call in process does not meet. */
function urlOf(target: string, origin: string): string {
  const path = target.replace(/^[a-z]+:\/\/[^/?]*/i, '')
  if (!path.startsWith('/') || !URL.canParse(origin + path)) {
    throw badRequest(
      `target takes a path with its query such as /koodrive/ose/v1/userList?offset=0, not "${target}".`,
      {
        path: 'target',
      },
    )
  }
  const { pathname, search } = new URL(origin + path)
  if (isOfControlPlane(pathname))
    throw badRequest(`${CONTROL_PREFIX} is not part of the service: nothing there is sent again.`)
  return origin + pathname + search
}

function isOfControlPlane(pathname: string): boolean {
  try {
    return decodeURIComponent(pathname)
      .replace(/\/{2,}/g, '/')
      .toLowerCase()
      .startsWith(CONTROL_PREFIX)
  } catch {
    return true
  }
}

/**
 * Sends a request of the journal once more, signed again; it is answered and journalled like any other.
 *
 * @returns the new exchange; undefined when the journal keeps none
 * @throws Problem 400 when it cannot be sent.
 */
export async function replay(
  deps: Deps,
  {
    entry,
    owner,
    changes,
    origin,
  }: { entry: JournalEntry; owner: Sandbox | undefined; changes: Changes; origin: string },
): Promise<JournalEntry | undefined> {
  const sender = senderOf(deps, changes.sandbox, owner)
  const authorization = entry.requestHeaders.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? ''
  const { body, ...wanted } = changed(entry, changes, origin)
  const text = body === '' ? undefined : body
  const composed = composeRequest(sender, changes.as ?? callerOf(authorization, sender), { ...wanted, body: text })
  const before = deps.journals.newest()[0]?.entry
  const id = await send(deps, composed)
  const { unattributed } = deps.journals
  if (id !== undefined) return deps.journals.of(sender).find(id) ?? unattributed.find(id)
  const newest = deps.journals.newest()[0]?.entry
  return newest === before ? undefined : newest
}

/** The id of the new exchange; undefined when the answer does not tell, or there was none. */
async function send({ fetch }: Deps, { method, url, headers, body }: ReturnType<typeof composeRequest>) {
  let request: Request
  try {
    request = new Request(url, {
      method,
      headers: headers.map(([name, value]) => [name, value]),
      ...(body !== undefined && { body }),
    })
  } catch (error) {
    throw badRequest(`This cannot be sent again from here: ${error instanceof Error ? error.message : error}`)
  }
  try {
    const response = await fetch(request)
    await response.arrayBuffer()
    return response.headers.get('x-mock-request-id') ?? undefined
  } catch {
    // A fault broke the connection: the journal has it.
    return undefined
  }
}
