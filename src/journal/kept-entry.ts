import { bounds } from '../shared/bounds.ts'
import type { JournalEntry } from './journal-entry.ts'

/** Bytes of a body that the journal keeps: a full batch fits. */
const BODY_KEPT = bounds.journalBodyBytes.value

/** What an entry costs besides its strings. */
const ENTRY_BYTES = 1024
/** A diagnosis keeps what was signed and what should have been, several times over. */
const DIAGNOSIS_FACTOR = 8
/** Characters from which on the body of an answer is kept as bytes. */
const LONG = 1024

const decoder = new TextDecoder()

/**
 * Bytes of an entry, as a bound counts them: texts at two bytes a character, as V8 keeps those beyond Latin. The same
 * for the same entry each time.
 */
export function bytesOf(entry: JournalEntry): number {
  const { target, requestHeaders, requestBody, responseHeaders, rule, diagnosis = '', search } = entry
  let head = target.length + rule.length + diagnosis.length
  for (const [name, value] of requestHeaders) head += name.length + value.length
  for (const name in responseHeaders) head += name.length + (responseHeaders[name]?.length ?? 0)
  const texts = search === undefined ? head : head * DIAGNOSIS_FACTOR
  // A search keeps the request that it looks at.
  const bodies = search === undefined ? requestBody.length : 2 * requestBody.length
  const answer = entry.responseBytes?.length ?? 2 * entry.responseBody.length
  return ENTRY_BYTES + 2 * texts + answer + bodies
}

/**
 * What is kept of an entry. A long answer is kept as bytes, outside of the heap of V8, which would make room for several
 * times as much; whoever reads it gets a string.
 */
export function pack(entry: JournalEntry): JournalEntry {
  if (packed.has(entry)) return entry
  const { requestBody, responseBody, responseBytes } = entry
  const isCut = requestBody.length > BODY_KEPT || responseBody.length > BODY_KEPT
  const request =
    isCut || !keepsOnlyItself(requestBody) ? new Uint8Array(requestBody.subarray(0, BODY_KEPT)) : requestBody
  const known = isCut ? { ...entry, isCut, search: entry.search?.ended() } : entry
  if (responseBody.length < LONG) {
    return known === entry && request === requestBody && responseBytes === undefined
      ? entry
      : { ...known, requestBody: request, responseBytes: undefined }
  }
  const bytes =
    responseBytes !== undefined && !isCut && keepsOnlyItself(responseBytes)
      ? responseBytes
      : encoder.encode(responseBody.slice(0, BODY_KEPT))
  return withAnswer({ ...known, requestBody: request }, bytes)
}

/** Entries whose answer is kept as bytes: nobody makes a text of it to pack them again. */
const packed = new WeakSet<JournalEntry>()

/** An entry whose answer is kept as bytes. */
export function withAnswer(entry: Omit<JournalEntry, 'responseBody'>, bytes: Uint8Array): JournalEntry {
  const made: JournalEntry = {
    ...entry,
    responseBytes: bytes,
    get responseBody() {
      return decoder.decode(bytes)
    },
  }
  packed.add(made)
  return made
}

const encoder = new TextEncoder()

/** Whether bytes are all of what they keep in memory, and not a part of more, such as the chunk that they came in. */
const keepsOnlyItself = (bytes: Uint8Array): boolean => bytes.length === 0 || bytes.length === bytes.buffer.byteLength
