import { bounds, mostFileValues } from '../shared/bounds.ts'
import { hasMoreValues } from '../shared/json.ts'
import type { Sandbox } from '../world/sandbox.ts'
import type { World } from '../world/world.ts'

/** Where the control plane is. */
export const CONTROL_PREFIX = '/__admin'

/** A refusal of the control plane, answered as application/problem+json (RFC 9457). */
export class Problem extends Error {
  override name = 'Problem' as const
  readonly status: number
  readonly title: string
  /** Further members of the answer, such as what is allowed. */
  readonly members: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    title: string,
    detail: string,
    members: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail)
    this.status = status
    this.title = title
    this.members = members
    this.headers = headers
  }

  toResponse(): Response {
    const body = { type: 'about:blank', title: this.title, status: this.status, detail: this.message, ...this.members }
    return new Response(JSON.stringify(body), {
      status: this.status,
      headers: { 'Content-Type': 'application/problem+json', ...this.headers },
    })
  }
}

/** The store cannot be used now: its message says why. */
export const storeProblem = (detail: string): Problem =>
  new Problem(503, 'Service Unavailable', detail, {}, { 'Retry-After': '1' })

export const badRequest = (detail: string, members?: Readonly<Record<string, unknown>>): Problem =>
  new Problem(400, 'Bad Request', detail, members)

export const notFound = (detail: string): Problem => new Problem(404, 'Not Found', detail)

/**
 * The sandbox that a path names.
 *
 * @throws Problem 404.
 */
export function sandboxNamed(world: World, id: string | undefined): Sandbox {
  const sandbox = world.get(id ?? '')
  if (sandbox === undefined) throw notFound(`There is no sandbox "${id}". GET /__admin/sandboxes lists them.`)
  return sandbox
}

/**
 * Refuses JSON of more values than anybody means, before they take a hundred times its size. A file, such as a log or a snapshot,
 * has more of them the longer it is.
 *
 * @throws Problem 400
 */
export function refuseTooManyValues(text: string, isFile: boolean): void {
  const most = isFile ? mostFileValues(text) : bounds.controlBodyValues.value
  // Two characters a value at least.
  if (text.length < 2 * most || !hasMoreValues(text, most)) return
  throw badRequest(`The body has more than ${Math.floor(most)} lists, objects, entries and fields.`)
}
