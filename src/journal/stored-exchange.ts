import type { Diagnosis } from '../signing/index.ts'
import type { DiagnosisSearch, JournalEntry } from './journal-entry.ts'
import { bytesOf, pack, withAnswer } from './kept-entry.ts'

interface Stored extends Omit<JournalEntry, 'requestBody' | 'responseBody' | 'responseBytes' | 'search'> {
  /** Base64. */
  readonly requestBody: string
  /** Undefined when it is kept as bytes. */
  readonly responseBody?: string | undefined
  /** What was known of a wrong signature. */
  readonly found?: Diagnosis | undefined
  /** The process that wrote it. */
  readonly by: string
}

/** What a store keeps of an exchange: a text, and a long answer as the bytes that were sent, which nobody encodes again. */
interface Content {
  readonly text: string
  readonly answer?: Uint8Array | undefined
}

/** An exchange as a store keeps it: as the journal does, and a diagnosis as far as it was made. */
export function toStored(entry: JournalEntry, by: string): Content & { readonly bytes: number } {
  const kept = pack(entry)
  const { search, requestBody, responseBytes, isCut } = kept
  const stored: Stored = {
    ...entry,
    requestBody: Buffer.from(requestBody.buffer, requestBody.byteOffset, requestBody.length).toString('base64'),
    responseBody: responseBytes === undefined ? kept.responseBody : undefined,
    ...(isCut === undefined ? {} : { isCut }),
    ...{ search: undefined, responseBytes: undefined },
    found: search?.latest,
    by,
  }
  return { text: JSON.stringify(stored), answer: responseBytes, bytes: bytesOf(kept) }
}

export function fromStored({ text, answer }: Content): { readonly entry: JournalEntry; readonly by: string } {
  const { requestBody, responseBody = '', found, by, ...rest } = JSON.parse(text) as Stored
  const search = found && finished(found)
  // What JSON leaves out is there and undefined, as in an entry that was never stored.
  const { operation, error, diagnosis } = rest
  const known = {
    ...rest,
    operation,
    error,
    diagnosis,
    requestBody: new Uint8Array(Buffer.from(requestBody, 'base64')),
    search,
  }
  return { entry: answer === undefined ? { ...known, responseBody } : withAnswer(known, answer), by }
}

function finished(latest: Diagnosis): DiagnosisSearch {
  const search: DiagnosisSearch = { latest, full: async () => latest, ended: () => search }
  return search
}
