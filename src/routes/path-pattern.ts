/** A segment of a path: itself, or a name for whatever stands there. */
type Segment = { readonly literal: string } | { readonly name: string }

/** A path as its segments. */
export interface PathPattern {
  readonly segments: readonly Segment[]
  /** Whether further segments may follow. */
  readonly isOpen: boolean
}

/** Characters of a segment that a request line may hold, without braces and the star of an open path. */
const LITERAL = /^[\w\-.~%!$&'()+,;=:@]+$/
const NAME = /^[A-Za-z_][\w-]{0,63}$/
const LONGEST_PATH = 2048
const MOST_SEGMENTS = 32

/** A path of a route as its segments, or what is wrong with it and what to do. */
export function parsePath(path: string): PathPattern | { readonly problem: string } {
  if (!path.startsWith('/')) return { problem: `it begins with a slash: write "/${path.slice(0, 60)}".` }
  if (path.length > LONGEST_PATH) return { problem: `it takes at most ${LONGEST_PATH} characters.` }
  if (path.includes('?')) return { problem: 'it has no query: write the parameters under query.' }
  const parts = path.replace(/\/$/, '').split('/').slice(1)
  const isOpen = parts.at(-1) === '*'
  const segments: Segment[] = []
  const names = new Set<string>()
  for (const part of isOpen ? parts.slice(0, -1) : parts) {
    const name = /^\{(.*)\}$/.exec(part)?.[1]
    if (name === undefined) {
      if (part.startsWith(':') || !LITERAL.test(part)) return { problem: explainPart(part) }
      segments.push({ literal: decoded(part) ?? part })
    } else {
      if (!NAME.test(name)) return { problem: `{${name.slice(0, 60)}} takes a name of letters, digits, - and _.` }
      if (names.has(name)) return { problem: `{${name}} stands in it twice; give each segment a name of its own.` }
      names.add(name)
      segments.push({ name })
    }
  }
  if (segments.length > MOST_SEGMENTS) return { problem: `it takes at most ${MOST_SEGMENTS} segments.` }
  if (segments.length === 0) return { problem: 'it names at least one segment, such as /koodrive/ose/v1/groups.' }
  return { segments, isOpen }
}

function explainPart(part: string): string {
  if (part === '') return 'it has two slashes side by side; write one.'
  if (part.startsWith(':')) return `a segment with a name stands in braces: write {${part.slice(1, 60)}}.`
  if (part.includes('*')) return 'a star stands for all that follows: it is the last segment, and alone in it.'
  if (/[{}]/.test(part)) return `braces hold a whole segment: "${part.slice(0, 60)}" is more than that.`
  return `a request line cannot hold "${part.slice(0, 60)}" as it is: percent-encode it.`
}

/** The segments of a path that came. */
export interface PathParts {
  readonly count: number
  /** Those that a pattern may have, decoded; undefined where one cannot be. */
  readonly decoded: readonly (string | undefined)[]
}

/** A path that came as its segments, to be held against many patterns. */
export function splitPath(path: string): PathParts {
  const parts = path.replace(/\/$/, '').split('/').slice(1)
  return { count: parts.length, decoded: parts.slice(0, MOST_SEGMENTS).map(decoded) }
}

/** The values of the named segments when a path fits; undefined when it does not. */
export function matchPath({ segments, isOpen }: PathPattern, parts: PathParts): Record<string, string> | undefined {
  if (isOpen ? parts.count <= segments.length : parts.count !== segments.length) return undefined
  const values: Record<string, string> = Object.create(null)
  for (const [index, segment] of segments.entries()) {
    const value = parts.decoded[index]
    if (value === undefined || value === '') return undefined
    if ('name' in segment) values[segment.name] = value
    else if (segment.literal !== value) return undefined
  }
  return values
}

/**
 * Patterns by their segments, to find those that take every path of another: a thousand patterns held against a thousand would
 * take seconds.
 */
export class PatternTree<Value> {
  readonly #root = branch<Value>()

  add({ segments, isOpen }: PathPattern, value: Value): void {
    let at = this.#root
    for (const segment of segments) {
      const next = ('name' in segment ? at.any : at.literals.get(segment.literal)) ?? branch<Value>()
      if ('name' in segment) at.any = next
      else at.literals.set(segment.literal, next)
      at = next
    }
    at[isOpen ? 'open' : 'closed'].push(value)
  }

  /** The values of patterns that take every path which this one takes. */
  covering({ segments, isOpen }: PathPattern): Value[] {
    const found: Value[] = []
    const visit = (at: Branch<Value>, depth: number): void => {
      const segment = segments[depth]
      // An open path goes on behind its segments by one at least.
      if (segment !== undefined || isOpen) found.push(...at.open)
      if (segment === undefined) {
        if (!isOpen) found.push(...at.closed)
        return
      }
      const literal = 'literal' in segment ? at.literals.get(segment.literal) : undefined
      if (literal !== undefined) visit(literal, depth + 1)
      if (at.any !== undefined) visit(at.any, depth + 1)
    }
    visit(this.#root, 0)
    return found
  }
}

interface Branch<Value> {
  readonly literals: Map<string, Branch<Value>>
  any: Branch<Value> | undefined
  /** Of patterns that end here, and of those that take whatever follows. */
  readonly closed: Value[]
  readonly open: Value[]
}

const branch = <Value>(): Branch<Value> => ({ literals: new Map(), any: undefined, closed: [], open: [] })

/** Whether one pattern takes every path that another takes. */
export function covers(wide: PathPattern, narrow: PathPattern): boolean {
  const { segments } = wide
  if (narrow.isOpen && !wide.isOpen) return false
  const isLong = wide.isOpen
    ? narrow.segments.length + (narrow.isOpen ? 1 : 0) > segments.length
    : narrow.segments.length === segments.length
  if (!isLong) return false
  return segments.every((segment, index) => {
    const other = narrow.segments[index]
    if ('name' in segment) return true
    return other !== undefined && 'literal' in other && other.literal === segment.literal
  })
}

function decoded(text: string): string | undefined {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
