import { percentNormalize } from './percent-encoding.ts'

/** One query parameter: as sent, and as signed. */
export interface QueryParameter {
  readonly name: string
  readonly value: string
  readonly sentName: string
  /** Undefined when the parameter was sent without an equals sign. */
  readonly sentValue: string | undefined
  /** Its place in the query as sent. */
  readonly index: number
}

/**
 * The parameters of a query in the order sent. Empty pieces (`a=1&&b=2`) are no parameters. A `+` is a plus sign and is
 * signed as `%2B`: the documented encoding knows only `%20` for a space.
 */
export function queryParameters(query: string): QueryParameter[] {
  if (query === '') return []
  const parameters: QueryParameter[] = []
  for (const piece of query.split('&')) {
    if (piece === '') continue
    const equals = piece.indexOf('=')
    const sentName = equals < 0 ? piece : piece.slice(0, equals)
    const sentValue = equals < 0 ? undefined : piece.slice(equals + 1)
    const name = percentNormalize(sentName)
    const value = percentNormalize(sentValue ?? '')
    parameters.push({ name, value, sentName, sentValue, index: parameters.length })
  }
  return parameters
}

/**
 * Order of the canonical query: by character code of the encoded name (`F` before `a`); parameters of the same name by
 * value, which the vendor's pages leave open.
 */
export function compareParameters(a: QueryParameter, b: QueryParameter): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  if (a.value !== b.value) return a.value < b.value ? -1 : 1
  return 0
}

/**
 * The CanonicalQueryString: encoded, sorted, `name=` for an empty value; empty without parameters.
 *
 * Source: vendor page "Canonicalizing a request" (koodrive_05_0035), CanonicalQueryString.
 */
export function canonicalQuery(query: string): string {
  const parameters = queryParameters(query)
  if (parameters.length > 1) parameters.sort(compareParameters)
  let joined = ''
  for (const { name, value } of parameters) joined += `${joined === '' ? '' : '&'}${name}=${value}`
  return joined
}
