import type { Sandbox } from '../../world/sandbox.ts'
import type { JournalEntry } from '../journal-entry.ts'
import { ROUTE, seenIn } from './seen-in.ts'
import { type CoverageGroup, universe } from './universe.ts'

type Counts = ReadonlyMap<string, number>

/** Sets that are counted before their members are. */
const SETS_KEPT = 256

/** Things that are counted: all of the universe, and as many own routes as a sandbox has, several times over. */
const MOST_COUNTED = 5000

/** Answers that are remembered by their target, and characters of all of them with their targets. */
const ANSWERS_KEPT = 64
const CHARACTERS_KEPT = 4_194_304

/** How often each thing was seen. Exchanges that repeat show the same set: it is counted as one. */
class Tally {
  readonly #sets = new Map<ReadonlySet<string>, number>()
  readonly #counts = new Map<string, number>()

  add(seen: ReadonlySet<string>): void {
    this.#sets.set(seen, (this.#sets.get(seen) ?? 0) + 1)
    if (this.#sets.size > SETS_KEPT) this.#countMembers()
  }

  counts(): Counts {
    this.#countMembers()
    return this.#counts
  }

  #countMembers(): void {
    for (const [seen, times] of this.#sets) {
      for (const id of seen) {
        if (this.#counts.has(id) || this.#counts.size < MOST_COUNTED) {
          this.#counts.set(id, (this.#counts.get(id) ?? 0) + times)
        }
      }
    }
    this.#sets.clear()
  }
}

/**
 * Counts what the mock has shown, for each sandbox and for all together. Counting goes with the exchanges, so that it
 * depends neither on what the journal keeps nor on which sandboxes still exist; it is bounded by the universe.
 */
export class Coverage {
  readonly #bySandbox = new WeakMap<Sandbox, Tally>()
  readonly #all = new Tally()
  /** What the newest answers of each operation showed: reading a page costs more than sending it again. */
  readonly #repeated = new Map<string, { readonly text: string; readonly seen: ReadonlySet<string> }>()
  #characters = 0

  /** @param sandbox undefined for an exchange that belongs to none: it counts for all together only */
  note(sandbox: Sandbox | undefined, entry: JournalEntry): void {
    const seen = this.#seenIn(entry, sandbox)
    this.#all.add(seen)
    if (sandbox === undefined) return
    const tally = this.#bySandbox.get(sandbox) ?? new Tally()
    this.#bySandbox.set(sandbox, tally)
    tally.add(seen)
  }

  /** The same answer to the same question shows the same; only headers and faults are an exchange's own. */
  #seenIn(entry: JournalEntry, sandbox: Sandbox | undefined): ReadonlySet<string> {
    const { operation, target, status, responseBody: text, responseHeaders, faults } = entry
    const isOwn = status !== 200 || faults.length > 0 || responseHeaders['X-Traceid'] !== undefined
    if (operation === undefined || entry.requestBody.length > 0 || isOwn) return seenIn(entry, sandbox)
    const known = this.#repeated.get(target)
    if (known?.text === text) return known.seen
    const seen = seenIn(entry, sandbox)
    this.#repeated.set(target, { text, seen })
    this.#characters += text.length + target.length
    if (this.#repeated.size > ANSWERS_KEPT || this.#characters > CHARACTERS_KEPT) {
      this.#repeated.clear()
      this.#characters = 0
    }
    return seen
  }

  /** What was shown in a sandbox. */
  of(sandbox: Sandbox): CoverageReport {
    const routes = sandbox
      .peek()
      .routes.compiled()
      .map(({ id }) => id)
    return toReport(sandbox.id, this.#bySandbox.get(sandbox)?.counts() ?? new Map(), routes)
  }

  /** What was shown in any sandbox, deleted ones included. */
  ofAll(): CoverageReport {
    return toReport('all', this.#all.counts(), [])
  }
}

interface Share {
  readonly seen: number
  readonly total: number
  /** Whole percent, rounded down: 100 means everything. */
  readonly percent: number
}

/** What was shown, how often, and what never. */
export interface CoverageReport {
  /** Id of the sandbox, or `all`. */
  readonly sandbox: string
  readonly summary: Share
  readonly groups: readonly (Share & {
    readonly id: string
    readonly title: string
    readonly items: readonly { readonly id: string; readonly title: string; readonly count: number }[]
  })[]
  /** Ids of what was never shown. */
  readonly never: readonly string[]
}

/** The own routes of a sandbox, and those that answered: they are no part of the API, so nothing is missed without any. */
function routesGroup(counts: Counts, routes: readonly string[]): CoverageGroup[] {
  const seen = [...counts.keys()].filter((id) => id.startsWith(ROUTE)).map((id) => id.slice(ROUTE.length))
  const ids = [...new Set([...routes, ...seen])]
  const items = ids.map((id) => ({ id: `${ROUTE}${id}`, title: `own route ${id}` }))
  return items.length === 0 ? [] : [{ id: 'routes', title: 'Own routes', items }]
}

function toReport(sandbox: string, counts: Counts, routes: readonly string[]): CoverageReport {
  const groups = [...universe(), ...routesGroup(counts, routes)].map(({ id, title, items }) => {
    const counted = items.map((item) => ({ ...item, count: counts.get(item.id) ?? 0 }))
    return { id, title, ...shareOf(counted), items: counted }
  })
  const all = groups.flatMap(({ items }) => items)
  return {
    sandbox,
    summary: shareOf(all),
    groups,
    never: all.filter(({ count }) => count === 0).map(({ id }) => id),
  }
}

function shareOf(items: readonly { readonly count: number }[]): Share {
  const seen = items.filter(({ count }) => count > 0).length
  return { seen, total: items.length, percent: Math.floor((100 * seen) / items.length) }
}

/** A coverage report for a terminal: one line an item, `-` before what was never shown. */
export function toText({ sandbox, summary, groups }: CoverageReport): string {
  const width = Math.max(...groups.flatMap(({ items }) => items.map(({ id }) => id.length)))
  const lines = groups.flatMap(({ title, seen, total, percent, items }) => [
    '',
    `${title}: ${seen} of ${total} (${percent} %)`,
    ...items.map(({ id, title: item, count }) => {
      const times = count === 0 ? '-' : String(count)
      return `  ${times.padStart(6)}  ${id.padEnd(width)}  ${item}`
    }),
  ])
  const whose = sandbox === 'all' ? 'all sandboxes' : `sandbox ${sandbox}`
  return [`Coverage of ${whose}: ${summary.seen} of ${summary.total} (${summary.percent} %)`, ...lines, ''].join('\n')
}
