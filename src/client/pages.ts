import { ProtocolError } from './errors.ts'

/** Full pages in a row without anything new, after which the list counts as endless. */
const MOST_KNOWN_PAGES = 20

const endless = (offset: number): ProtocolError =>
  new ProtocolError(
    `The list has had nothing new for ${MOST_KNOWN_PAGES} pages up to offset ${offset}, and does not end.`,
    {
      operation: 'list',
      evidence: { method: 'GET', path: '' },
    },
  )

/** One page of a list read by offset. */
export interface OffsetPage<T> {
  readonly records: readonly T[]
  readonly total: number | undefined
}

/**
 * Goes through a list by offset while others change it. Each page begins with the last record of the page before: if it
 * is not there, records before it have come or gone, and the walk steps back until it meets a record it knows. Nobody
 * is given twice, and nobody who was there all the time is missed.
 */
export async function* walkOffsets<T>(
  read: (offset: number, limit: number) => Promise<OffsetPage<T>>,
  idOf: (record: T) => string,
  limit: number,
): AsyncGenerator<T, void, undefined> {
  const seen = new Set<string>()
  let nothingNew = 0
  for (let offset = 0; ; ) {
    const { records } = await read(offset, limit)
    const isAtKnown = offset === 0 || records.some((record) => seen.has(idOf(record)))
    if (!isAtKnown) {
      // Nothing known on this page: records before it are gone, so what follows the last known one lies further up.
      offset = Math.max(0, offset - (limit - 1))
      continue
    }
    const before = seen.size
    for (const record of records) {
      const id = idOf(record)
      if (seen.has(id)) continue
      seen.add(id)
      yield record
    }
    if (records.length < limit) return
    nothingNew = seen.size === before ? nothingNew + 1 : 0
    if (nothingNew > MOST_KNOWN_PAGES) throw endless(offset)
    offset += records.length - 1
    if (limit === 1) offset += 1
  }
}

/** One page of a list read by cursor. */
export interface CursorPage<T> {
  readonly records: readonly T[]
  readonly next: string | undefined
}

/**
 * Goes through a list by cursor.
 *
 * @throws ProtocolError when a cursor leads to where the walk has been: it would never end.
 */
export async function* walkCursors<T>(
  read: (cursor: string | undefined) => Promise<CursorPage<T>>,
  operation: string,
  path: string,
): AsyncGenerator<T, void, undefined> {
  const visited = new Set<string>()
  for (let cursor: string | undefined; ; ) {
    const page: CursorPage<T> = await read(cursor)
    yield* page.records
    cursor = page.next
    if (cursor === undefined) return
    if (visited.has(cursor)) {
      throw new ProtocolError(`${operation}: the cursor ${cursor} came twice; the pages lead in circles.`, {
        operation,
        evidence: { method: 'GET', path },
      })
    }
    visited.add(cursor)
  }
}
