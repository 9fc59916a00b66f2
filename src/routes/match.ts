import { bounds } from '../shared/bounds.ts'
import { matchPath, type PathPattern, parsePath, splitPath } from './path-pattern.ts'
import { type Condition, type RouteMatch, routeIds } from './route.ts'

/** A route that is ready to be asked. */
export interface CompiledRoute<R extends RouteMatch> {
  readonly id: string
  readonly route: R
  readonly pattern: PathPattern
}

/** What a route looks at besides method and path. */
export interface Asked {
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  /** The JSON body, read when a route wants to know. */
  readonly body: () => Promise<unknown>
}

/** Routes would look through more of a request than they may. */
export class RouteSearchError extends Error {
  override name = 'RouteSearchError' as const
}

/** What the conditions of routes may still look through, in characters. */
class Search {
  #left: number = bounds.routeSearchCharacters.value

  /** @throws RouteSearchError */
  contains(text: string, part: string): boolean {
    // In the worst case each character is compared with many of the part.
    this.#left -= text.length * Math.ceil(part.length / SHORT)
    if (this.#left < 0) throw new RouteSearchError('contains')
    return text.includes(part)
  }
}

const SHORT = 16

/** Routes with their ids; one whose path is none, which the schema has refused, never answers. */
export function compileRoutes<R extends RouteMatch>(routes: readonly R[]): CompiledRoute<R>[] {
  const ids = routeIds(routes)
  return routes.flatMap((route, index) => {
    const pattern = parsePath(route.path)
    return 'problem' in pattern ? [] : [{ id: ids[index] ?? '', route, pattern }]
  })
}

/**
 * The first route that takes a request, with the values of its path.
 *
 * @throws RouteSearchError
 */
export async function findRoute<R extends RouteMatch>(
  routes: readonly CompiledRoute<R>[],
  method: string,
  path: string,
  asked: Asked,
): Promise<{ compiled: CompiledRoute<R>; path: Record<string, string> } | undefined> {
  const parts = splitPath(path)
  const search = new Search()
  for (const compiled of routes) {
    const { route, pattern } = compiled
    if (!takesMethod(route.method, method)) continue
    const values = matchPath(pattern, parts)
    if (values === undefined) continue
    if (!Object.entries(route.query ?? {}).every(([name, wanted]) => holds(wanted, own(asked.query, name), search)))
      continue
    const headers = Object.entries(route.headers ?? {})
    if (!headers.every(([name, wanted]) => holds(wanted, own(asked.headers, name.toLowerCase()), search))) continue
    if (route.body !== undefined && !isPartOf(route.body, await asked.body(), search)) continue
    return { compiled, path: values }
  }
  return undefined
}

/** Hono, and HTTP, answer HEAD as GET without the body. */
export const takesMethod = (own: string, method: string): boolean =>
  own === 'ANY' || own === method || (own === 'GET' && method === 'HEAD')

const own = (values: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined

function holds(wanted: Condition, value: string | undefined, search: Search): boolean {
  if (typeof wanted !== 'object') return value === String(wanted)
  if ('present' in wanted) return (value !== undefined) === wanted.present
  return value !== undefined && search.contains(value, wanted.contains)
}

/** Whether a JSON value has what is wanted: fields given, lists of the same length; ids are compared as a string. */
function isPartOf(wanted: unknown, value: unknown, search: Search): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(value) &&
      value.length === wanted.length &&
      wanted.every((item, index) => isPartOf(item, value[index], search))
    )
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (isContains(wanted)) return typeof value === 'string' && search.contains(value, wanted.contains)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    return Object.entries(wanted).every(
      ([key, inner]) => Object.hasOwn(value, key) && isPartOf(inner, (value as Record<string, unknown>)[key], search),
    )
  }
  if (wanted === null || typeof value === 'object') return wanted === value
  return String(wanted) === String(value)
}

const isContains = (wanted: object): wanted is { contains: string } =>
  'contains' in wanted && typeof wanted.contains === 'string' && Object.keys(wanted).length === 1
