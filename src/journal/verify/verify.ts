import { createContext, Script } from 'node:vm'
import { bounds } from '../../shared/bounds.ts'
import { REDACTED, type Redactor } from '../../shared/redact.ts'
import { isSecretName } from '../../shared/secret-fields.ts'
import { yieldToOthers } from '../in-turns.ts'
import type { Journal } from '../journal.ts'
import type { JournalEntry } from '../journal-entry.ts'
import type { Viewer } from '../viewer.ts'
import { bodyDifferences, cheapDifferences, type Difference } from './differences.ts'
import type { Count, Verification } from './where.ts'

/** Exchanges named in an answer. */
const NAMED = 100
const NEAR_MISSES = 3
/** Exchanges whose bodies are compared to find the near misses. */
const CANDIDATES = 50

/** Thrown when a regular expression takes too long. */
export class TooSlowError extends Error {
  override name = 'TooSlowError' as const
}

/** Exchanges that are looked at between two turns of other clients. */
const SLICE = 8
/** How often a slice is tried that took too long. */
const TRIES = 5

/**
 * Answers whether the client sent what was expected; when not, what came nearest and how it differs. Looks at few exchanges
 * at a time, so that others are served meanwhile.
 *
 * @throws TooSlowError when a regular expression of the caller keeps one slice busy, or all of them together, for too long.
 */
export async function verify(journal: Journal, viewer: Viewer, wanted: Verification) {
  const { hits, misses } = await compare(journal.list(), wanted)
  const pass = isEnough(hits.length, wanted.count)
  return {
    pass,
    expected: toSentence(wanted.count),
    actual: hits.length,
    matches: hits.slice(0, NAMED).map(({ requestId }) => requestId),
    nearMisses: pass ? [] : misses.map(({ entry, differences }) => nearMiss(entry, differences, viewer)),
    ...(journal.dropped > 0 && {
      note: `The journal dropped ${journal.dropped} older exchanges: raise --max-journal to have them counted.`,
    }),
  }
}

interface Miss {
  readonly entry: JournalEntry
  readonly differences: readonly Difference[]
}

async function compare(entries: readonly JournalEntry[], wanted: Verification) {
  const inSlices = slices()
  const compared = await inSlices(entries, (entry) => {
    const cheap = cheapDifferences(entry, wanted)
    const isCheap = cheap.length > 0
    return { entry, isCheap, differences: isCheap ? cheap : bodyDifferences(entry, wanted.where?.body) }
  })
  const hits = compared.filter(({ differences }) => differences.length === 0).map(({ entry }) => entry)
  const misses: Miss[] = compared.filter(({ isCheap, differences }) => !isCheap && differences.length > 0)
  const candidates = compared.filter(({ isCheap }) => isCheap).sort(byDifferences)
  const nearest = await inSlices(candidates.slice(0, CANDIDATES), ({ entry, differences }) => ({
    entry,
    differences: [...differences, ...bodyDifferences(entry, wanted.where?.body)],
  }))
  return { hits, misses: [...misses, ...nearest].sort(byDifferences).slice(0, NEAR_MISSES) }
}

/** What outweighs many small differences: another operation, or no such body at all. */
const weights: Readonly<Record<string, number>> = { operation: 1000, body: 100 }
const distance = ({ differences }: Miss): number =>
  differences.reduce((sum, { place }) => sum + (weights[place] ?? 1), 0)
const byDifferences = (a: Miss, b: Miss): number => distance(a) - distance(b)

function isEnough(actual: number, { min, max, exactly }: Count = {}): boolean {
  if (exactly !== undefined) return actual === exactly
  return actual >= (min ?? (max === undefined ? 1 : 0)) && actual <= (max ?? Number.POSITIVE_INFINITY)
}

function toSentence({ min, max, exactly }: Count = {}): string {
  if (exactly !== undefined) return `exactly ${exactly}`
  const parts = [
    ...(min !== undefined || max === undefined ? [`at least ${min ?? 1}`] : []),
    ...(max === undefined ? [] : [`at most ${max}`]),
  ]
  return parts.join(' and ')
}

function nearMiss(entry: JournalEntry, differences: readonly Difference[], viewer: Viewer) {
  const { requestId, at, operation, method, target, status } = viewer.summary(entry)
  const redactor = viewer.redactor(entry)
  return {
    requestId,
    at,
    operation,
    method,
    target,
    status,
    differences: differences.map((difference) => sentence(difference, redactor)),
  }
}

function sentence({ place, name, expected, got }: Difference, redactor: Redactor): string {
  const isSecret = isSecretName(name)
  const came = got === undefined ? 'nothing' : isSecret ? `another value (${REDACTED})` : `"${redactor.text(got)}"`
  return `${place}: expected ${isSecret ? REDACTED : redactor.text(expected)}, got ${came}`
}

/** Work in slices, each bounded in time and all of them together. */
function slices() {
  let spentMs = 0
  return async function inSlices<T, R>(all: readonly T[], work: (one: T) => R): Promise<R[]> {
    const results: R[] = []
    for (let at = 0; at < all.length; at += SLICE) {
      const started = performance.now()
      results.push(...(await patiently(() => all.slice(at, at + SLICE).map(work))))
      spentMs += performance.now() - started
      if (spentMs > bounds.verifyMs.value) throw tooSlow(bounds.verifyMs.value)
      if (at + SLICE < all.length) await yieldToOthers()
    }
    return results
  }
}

/** Time goes by on a busy machine too, so a slice is tried again before its regular expressions are blamed. */
async function patiently<R>(work: () => R[]): Promise<R[]> {
  for (let tries = 1; tries < TRIES; tries += 1) {
    try {
      return within(bounds.verifySliceMs.value, work)
    } catch (error) {
      if (!(error instanceof TooSlowError)) throw error
      await yieldToOthers()
    }
  }
  return within(bounds.verifySliceMs.value, work)
}

const context = createContext({ work: () => undefined })
const script = new Script('work()')

/** Runs work that regular expressions of a caller could keep busy for ever. */
function within<R>(timeoutMs: number, work: () => R): R {
  context['work'] = work
  try {
    return script.runInContext(context, { timeout: timeoutMs }) as R
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    throw tooSlow(timeoutMs)
  } finally {
    context['work'] = undefined
  }
}

const tooSlow = (ms: number) => new TooSlowError(`It took longer than ${ms} ms. Simplify the regular expressions.`)
