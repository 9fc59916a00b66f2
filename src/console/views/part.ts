import { createHash } from 'node:crypto'
import type { ViewProps } from './view.ts'

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
