import { parseExact } from '../../shared/json.ts'
import { REDACTED } from '../../shared/redact.ts'
import type { JournalEntry } from '../journal-entry.ts'
import type { Viewer } from '../viewer.ts'
import type { Verification } from './where.ts'

/** Longer bodies make no assertion that anybody reads. */
const BODY_MAX = 4096

/** The body of a verification that counts requests such as this one; what would be a secret is left out. */
export function toVerification(entry: JournalEntry, viewer: Viewer): Verification {
  const { request } = viewer.exchange(entry)
  const [path = '', search = ''] = request.target.split(/\?(.*)/s)
  const query = [...new URLSearchParams(search)].filter(([, value]) => !value.includes(REDACTED))
  const body = bodyOf(request.body)
  return {
    ...(entry.operation !== undefined && { operation: entry.operation as Verification['operation'] }),
    where: {
      method: request.method,
      path,
      ...(query.length > 0 && { query: Object.fromEntries(query) }),
      ...(body !== undefined && { body }),
      status: entry.status,
    },
    count: { exactly: 1 },
  }
}

function bodyOf(text: string): unknown {
  if (text === '' || text.length > BODY_MAX || text.includes(REDACTED)) return undefined
  try {
    return parseExact(text)
  } catch {
    return undefined
  }
}
