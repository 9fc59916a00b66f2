import { type Evidence, type Page, type Provenance, pages } from '../spec/evidence.ts'
import type { ReadingId } from '../spec/readings.ts'
import type { OperationId } from '../spec/wire-types.ts'
import type { Need } from './credentials.ts'
import type { Exchange } from './exchange.ts'
import { type Get, type Probe, type RunFacts, type Safety, usedBy } from './probe.ts'

/** RFC 2119. A failed MUST or SHOULD is a violation, a failed MAY a notice. */
export type Level = 'MUST' | 'SHOULD' | 'MAY'

/** Pages about the console and its manuals: what they say of the screen does not bind the API. */
const guides: readonly Page[] = ['memberGuide']

const apiPages = (Object.keys(pages) as Page[])
  .filter((page) => !guides.includes(page))
  .map((page) => pages[page].replace(/ \(.*\)$/, ''))

/** How well a rule is known to hold for the API: a source that is not a page of the API reference counts as inferred. */
export const bindingEvidence = ({ evidence, source }: Provenance): Evidence =>
  apiPages.some((title) => source.startsWith(title)) ? evidence : 'inferred'

const levels: Readonly<Record<Evidence, Level>> = { documented: 'MUST', example: 'SHOULD', inferred: 'MAY' }

/**
 * The level of a rule follows from its evidence: MUST for what a reference page states, or without which a documented
 * parameter could not do what it is there for; SHOULD for what its examples show; MAY for what we infer.
 */
export const levelOf = (from: Provenance): Level => levels[bindingEvidence(from)]

/** What a check may use while it judges. */
export interface CheckContext {
  readonly get: Get
  readonly facts: RunFacts
  /** Everything that the run has received so far, for checks about all answers. */
  readonly exchanges: () => readonly Exchange[]
  /** The answer to a reading that the target takes. */
  readonly learn: (reading: ReadingId, value: string) => void
  /** Why the answer to a reading cannot be told here, and what it would need. */
  readonly undetermined: (reading: ReadingId, reason: string) => void
  /** Something undocumented but harmless. */
  readonly notice: (text: string) => void
}

/** A rule of the documents with the way to tell whether a target keeps it. */
export interface Check {
  /** Readable and forever: `query-batch-provisioning.counts-add-up`. */
  readonly id: string
  /** A sentence that begins with the level. */
  readonly title: string
  /** Follows from evidence and source. */
  readonly level: Level
  /** The operation it is about; `all` for what they share. */
  readonly operation: OperationId | 'all'
  readonly evidence: Evidence
  /** Page and table. */
  readonly source: string
  /** The part of the documents that it guards, a row of the coverage matrix. */
  readonly clause: string
  /** Why it matters to an integrator, in plain words. */
  readonly why: string
  readonly tags: readonly string[]
  readonly needs: readonly Need[]
  /** `write` when judging it creates something. */
  readonly safety: Safety
  /** Readings whose answer it learns. */
  readonly readings: readonly ReadingId[]
  readonly uses: readonly Probe<unknown>[]
  readonly usesWithWrites: readonly Probe<unknown>[]
  readonly run: (context: CheckContext) => Promise<void>
}

/** What a check is written as; the rest follows from its probes. */
interface CheckDefinition {
  readonly id: string
  /** What the target does, without the level: `refuse a request without Authorization`. */
  readonly title: string
  readonly operation: OperationId | 'all'
  readonly from: Provenance
  readonly clause: string
  readonly why: string
  readonly tags?: readonly string[]
  readonly readings?: readonly ReadingId[]
  readonly uses: readonly Probe<unknown>[]
  readonly usesWithWrites?: readonly Probe<unknown>[]
  readonly run: (context: CheckContext) => Promise<void>
}

/** Completes a check: level from the evidence, safety and needs from the probes. */
export function defineCheck(definition: CheckDefinition): Check {
  const { from, title, tags = [], readings = [], usesWithWrites = [], ...rest } = definition
  const probes = probesOf({ uses: rest.uses, usesWithWrites: [] }, false)
  const needs = [...new Set(probes.flatMap((probe) => probe.needs))]
  const safety: Safety = probes.some((probe) => probe.safety === 'write') ? 'write' : 'read'
  const level = levelOf(from)
  return {
    ...rest,
    title: `${level} ${title}`,
    evidence: bindingEvidence(from),
    source: from.source,
    level,
    needs,
    safety,
    readings,
    usesWithWrites,
    tags: [...new Set([...tags, level.toLowerCase(), safety, rest.operation, ...rest.id.split('.', 1)])],
  }
}

/** A check as a row of a table, which may be about another operation than the table. */
export type CheckRow = Omit<CheckDefinition, 'operation'> & Partial<Pick<CheckDefinition, 'operation'>>

/** Checks of one operation, or of what all share. */
export const checksOf = (operation: CheckDefinition['operation'], rows: readonly CheckRow[]): readonly Check[] =>
  rows.map((row) => defineCheck({ operation, ...row }))

type FoundBy<P> = P extends Probe<infer T> ? T : never

/** The questions of a check, with its judgement of what they find. Each is named once, so that none is undeclared. */
export const asks = <const P extends readonly Probe<unknown>[]>(
  uses: P,
  judge: (found: { readonly [K in keyof P]: FoundBy<P[K]> }, context: CheckContext) => void,
): Pick<CheckDefinition, 'uses' | 'run'> => ({
  uses,
  async run(context) {
    const found: unknown[] = []
    for (const probe of uses) found.push(await context.get(probe))
    judge(found as { readonly [K in keyof P]: FoundBy<P[K]> }, context)
  },
})

/** Every probe that something may ask for, each once, those it rests on first. */
export function probesOf(
  root: Pick<Probe<unknown>, 'uses' | 'usesWithWrites'>,
  allowWrites: boolean,
): readonly Probe<unknown>[] {
  const found = new Set<Probe<unknown>>()
  const visit = (probe: Probe<unknown>): void => {
    if (found.has(probe)) return
    for (const inner of usedBy(probe, allowWrites)) visit(inner)
    found.add(probe)
  }
  for (const probe of usedBy(root, allowWrites)) visit(probe)
  return [...found]
}
