import type { Diagnosis } from '../signing/index.ts'
import type { DiagnosisSearch, JournalEntry } from './journal-entry.ts'
import { bytesOf, pack } from './kept-entry.ts'

interface Stored extends Omit<JournalEntry, 'requestBody' | 'responseBytes' | 'search'> {
  /** Base64. */
  readonly requestBody: string
  /** What was known of a wrong signature. */
  readonly found?: Diagnosis | undefined
  /** The process that wrote it. */
  readonly by: string
}

/** An exchange as a store keeps it: as the journal does, and a diagnosis as far as it was made. */
export function toStoredText(entry: JournalEntry, by: string): { readonly text: string; readonly bytes: number } {
  const kept = pack(entry)
  const { search, requestBody, responseBytes: _, ...rest } = kept
  const stored: Stored = {
    ...rest,
    requestBody: Buffer.from(requestBody.buffer, requestBody.byteOffset, requestBody.length).toString('base64'),
    found: search?.latest,
    by,
  }
  return { text: JSON.stringify(stored), bytes: bytesOf(kept) }
}

export function fromStoredText(text: string): { readonly entry: JournalEntry; readonly by: string } {
  const { requestBody, found, by, ...rest } = JSON.parse(text) as Stored
  const search = found && finished(found)
  // What JSON leaves out is there and undefined, as in an entry that was never stored.
  const { operation, error, diagnosis } = rest
  return {
    entry: {
      ...rest,
      operation,
      error,
      diagnosis,
      requestBody: new Uint8Array(Buffer.from(requestBody, 'base64')),
      search,
    },
    by,
  }
}

function finished(latest: Diagnosis): DiagnosisSearch {
  const search: DiagnosisSearch = { latest, full: async () => latest, ended: () => search }
  return search
}
