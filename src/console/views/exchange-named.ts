import type { OwnedEntry } from '../../journal/journals.ts'
import type { ViewProps } from './view.ts'

/** An exchange by its id: of the sandbox on the page, of the one that its id begins with, or of nobody. */
export function exchangeNamed(
  { deps, sandbox }: Pick<ViewProps, 'deps' | 'sandbox'>,
  id: string,
): OwnedEntry | undefined {
  const named = deps.world.get(id.slice(0, Math.max(0, id.lastIndexOf('-'))))
  for (const owner of new Set([named, sandbox, undefined])) {
    const entry = deps.journals.ofOwner(owner).find(id)
    if (entry !== undefined) return { entry, owner }
  }
  return undefined
}
