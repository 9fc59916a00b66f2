import { type OwnedEntry, UNATTRIBUTED } from '../../journal/journals.ts'

/** Path of a request in the control plane. */
export const requestRoute = ({ entry, owner }: OwnedEntry, below: string): string =>
  `/__admin/sandboxes/${encodeURIComponent(owner?.id ?? UNATTRIBUTED)}/requests/${encodeURIComponent(entry.requestId)}${below}`
