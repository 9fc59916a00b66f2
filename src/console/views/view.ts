import { createHash } from 'node:crypto'
import { type OwnedEntry, UNATTRIBUTED } from '../../journal/journals.ts'
import type { Deps } from '../../server/deps.ts'
import type { SandboxDefaults } from '../../server/sandboxes/sandbox-options.ts'
import type { Language } from '../../spec/languages.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import type { Translate } from '../texts/texts.ts'

/** What a view is rendered from. */
export interface ViewProps {
  readonly deps: Deps
  readonly defaults: SandboxDefaults
  readonly sandbox: Sandbox
  readonly language: Language
  readonly t: Translate
  /** Scheme and host by which the reader reaches the mock. */
  readonly origin: string
  /** Parameters of the address, as text. */
  readonly query: Readonly<Record<string, string>>
}

/** Address of a view in the page. */
export function hashOf(view: string, params: Readonly<Record<string, string | number | undefined>>): string {
  const given = new URLSearchParams()
  for (const [key, value] of Object.entries(params)) if (value !== undefined) given.set(key, String(value))
  return `#/${view}?${given}`
}

/** Path of a control route of a sandbox. */
export const routeOf = ({ id }: Sandbox, below = ''): string => `/__admin/sandboxes/${encodeURIComponent(id)}${below}`

/** A page number from the address: 1 unless it is a whole number from 1 to `pages`. */
export function pageOf(text: string | undefined, pages: number): number {
  const page = /^\d{1,7}$/.test(text ?? '') ? Number(text) : 1
  return Math.min(Math.max(page, 1), pages)
}

/** Number of pages; an empty list has one. */
export const pagesFor = (count: number, pageSize: number): number => Math.max(1, Math.ceil(count / pageSize))

/** A part of a view that need not be sent again to a page that has it. */
export interface Part {
  /** For the element that holds the part. */
  readonly attributes: Readonly<Record<string, string>>
  /** Whether the page has it as it is now: the element stays empty, and the page keeps what it has. */
  readonly isKnown: boolean
}

/**
 * A part of a view by a name, and by all that may change in it while the address stays the same. The page says in `have`
 * what it has; see `morph.ts` of the client.
 */
export function partOf({ query }: Pick<ViewProps, 'query'>, name: string, content: readonly string[]): Part {
  const version = createHash('sha1')
    .update(JSON.stringify([name, content]))
    .digest('base64url')
  const isKnown = query['have']?.split(',').includes(version) === true
  return {
    attributes: { 'data-key': name, 'data-version': version, ...(isKnown && { 'data-omitted': '' }) },
    isKnown,
  }
}

/** Path of a request in the control plane. */
export const requestRoute = ({ entry, owner }: OwnedEntry, below: string): string =>
  `/__admin/sandboxes/${encodeURIComponent(owner?.id ?? UNATTRIBUTED)}/requests/${encodeURIComponent(entry.requestId)}${below}`
