import type { Asked } from '../../routes/match.ts'
import type { Wire } from '../http/wire.ts'
import { parseJson } from '../validation/json.ts'

/** Path of a request, without the query. */
export const pathOf = ({ target }: Pick<Wire, 'target'>): string => target.split('?')[0] ?? ''

/** What routes look at in a request, each part read when the first one wants to know. */
export function askedOf(wire: Wire): Asked {
  let query: Readonly<Record<string, string>> | undefined
  let headers: Readonly<Record<string, string>> | undefined
  let body: Promise<unknown> | undefined
  return {
    get query() {
      query ??= queryOf(wire.target)
      return query
    },
    get headers() {
      headers ??= headersOf(wire)
      return headers
    },
    body() {
      body ??= bodyOf(wire)
      return body
    },
  }
}

function queryOf(target: string): Record<string, string> {
  const values: Record<string, string> = Object.create(null)
  const at = target.indexOf('?')
  if (at < 0) return values
  for (const [name, value] of new URLSearchParams(target.slice(at + 1))) values[name] ??= value
  return values
}

function headersOf({ headers }: Wire): Record<string, string> {
  const values: Record<string, string> = Object.create(null)
  for (const [name, value] of headers) {
    const lower = name.toLowerCase()
    const before = values[lower]
    values[lower] = before === undefined ? value : `${before}, ${value}`
  }
  return values
}

/** The JSON body; undefined when there is none. @throws Refusal when it is not JSON. */
async function bodyOf(wire: Wire): Promise<unknown> {
  const bytes = await wire.body()
  return bytes.length === 0 ? undefined : parseJson(bytes)
}
