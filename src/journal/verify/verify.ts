import { createContext, Script } from 'node:vm'
import { REDACTED, type Redactor } from '../../shared/redact.ts'
import { isSecretName } from '../../shared/secret-names.ts'
import type { Journal, JournalEntry } from '../journal.ts'
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

/** Answers whether the client sent what was expected; when not, what came nearest and how it differs. */
export function verify(journal: Journal, viewer: Viewer, wanted: Verification) {
  const { hits, misses } = compare(journal.list(), wanted)
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

function compare(entries: readonly JournalEntry[], wanted: Verification) {
  const hits: JournalEntry[] = []
  const misses: Miss[] = []
  const candidates: Miss[] = []
  for (const entry of entries) {
    const cheap = cheapDifferences(entry, wanted)
    if (cheap.length > 0) {
      candidates.push({ entry, differences: cheap })
      continue
    }
    const differences = bodyDifferences(entry, wanted.where?.body)
    if (differences.length === 0) hits.push(entry)
    else misses.push({ entry, differences })
  }
  for (const { entry, differences } of candidates.sort(byDifferences).slice(0, CANDIDATES)) {
    misses.push({ entry, differences: [...differences, ...bodyDifferences(entry, wanted.where?.body)] })
  }
  return { hits, misses: misses.sort(byDifferences).slice(0, NEAR_MISSES) }
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

/**
 * Runs work that regular expressions of a caller could keep busy for ever.
 *
 * @throws TooSlowError after `timeoutMs`.
 */
export function within<T>(timeoutMs: number, work: () => T): T {
  try {
    return new Script('work()').runInContext(createContext({ work }), { timeout: timeoutMs }) as T
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    throw new TooSlowError(`It took longer than ${timeoutMs} ms. Simplify the regular expressions.`)
  }
}
