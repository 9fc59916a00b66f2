import { type Check, probesOf } from './check.ts'
import { cleaning } from './clean-up.ts'
import { lacks, type Need } from './credentials.ts'
import { type ContractOptions, selectChecks, toTarget } from './options.ts'
import { preflightProbes } from './preflight.ts'
import { type PlannedRequest, type Probe, type Safety, usedBy } from './probe.ts'
import { toFacts } from './start.ts'

/** A request of the plan, and what it is for. */
export interface PlanLine extends PlannedRequest {
  readonly probe: string
  readonly safety: Safety
  /** The checks that look at its answer. */
  readonly checks: readonly string[]
}

/** What a run will send, before it sends anything. */
export interface ContractPlan {
  readonly target: string
  /** Hosts that requests go to: one. */
  readonly host: string
  readonly allowWrites: boolean
  readonly lines: readonly PlanLine[]
  /** Requests at least and at most. A throttled request is repeated on top of that. */
  readonly requests: readonly [min: number, max: number]
  /** Checks that will be skipped, with the reason. */
  readonly skipped: readonly { readonly id: string; readonly reason: string }[]
}

/**
 * Lists exactly the requests that a run with the same options sends to a target on which everything is found. What the
 * plan does not name is never sent.
 *
 * @throws ContractUsageError when the options are wrong.
 */
export function planContract(options: ContractOptions): ContractPlan {
  const { baseUrl, host } = toTarget(options.target)
  const facts = toFacts(options, () => 0)
  const { allowWrites } = facts
  const skipped: { id: string; reason: string }[] = []
  const lookers = new Map<Probe<unknown>, string[]>()
  const certain = new Set<Probe<unknown>>()
  const selected = selectChecks(options)

  for (const check of selected) {
    const reason = reasonToSkip(check, options, allowWrites)
    if (reason !== undefined) {
      skipped.push({ id: check.id, reason })
      continue
    }
    for (const probe of probesOf(check, allowWrites)) {
      certain.add(probe)
      lookers.set(probe, [...(lookers.get(probe) ?? []), check.id])
    }
  }
  for (const probe of preflightProbes(selected, facts)) {
    for (const one of probesOf({ uses: [probe] }, allowWrites)) {
      certain.add(one)
      if (!lookers.has(one)) lookers.set(one, [])
    }
  }
  const probes = withPossible(certain, allowWrites, facts.has)
  const isCleaning = options.keep !== true && cleaning.needs.every(facts.has)
  const lines = [...probes, ...(isCleaning ? [cleaning] : [])].flatMap((probe) =>
    probe.requests.map((request) => ({
      ...request,
      times: certain.has(probe) ? request.times : ([0, request.times[1]] as const),
      probe: probe.id,
      safety: toSafety(request),
      checks: lookers.get(probe) ?? [],
    })),
  )
  return {
    target: baseUrl,
    host,
    allowWrites,
    lines,
    requests: [sum(lines.map(({ times: [min] }) => min)), sum(lines.map(({ times: [, max] }) => max))],
    skipped,
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)

function reasonToSkip(check: Check, { credentials }: ContractOptions, allowWrites: boolean): string | undefined {
  const needs = probesOf(check, allowWrites).flatMap((probe): readonly Need[] => probe.needs)
  return needs.map((need) => lacks(need, credentials, allowWrites)).find((reason) => reason !== undefined)
}

/** The probes of a run, those that an answer may make necessary included. */
function withPossible(
  certain: ReadonlySet<Probe<unknown>>,
  allowWrites: boolean,
  has: (need: Need) => boolean,
): readonly Probe<unknown>[] {
  const all = new Set(certain)
  const visit = (probe: Probe<unknown>): void => {
    for (const other of [...usedBy(probe, allowWrites), ...(probe.mayUse ?? [])]) {
      if (all.has(other) || !other.needs.every(has)) continue
      all.add(other)
      visit(other)
    }
  }
  for (const probe of certain) visit(probe)
  return [...all]
}

/** Watching a task belongs to a write, but asks only. */
const toSafety = ({ method, path }: PlannedRequest): Safety =>
  method !== 'GET' && !isHarmless({ method, path }) ? 'write' : 'read'

/** Why a request reads although its method is one of those that change things. */
const harmless: readonly (readonly [method: string, path: RegExp, why: string])[] = [
  ['POST', /\/batchimport\/preverify$/, 'verifies, creates nothing'],
  ['PATCH', /\/userList$/, 'no operation has this method, and it has no body: to be refused'],
]
const isHarmless = (request: Pick<PlannedRequest, 'method' | 'path'>): boolean => whyHarmless(request) !== undefined
const whyHarmless = ({ method, path }: Pick<PlannedRequest, 'method' | 'path'>): string | undefined =>
  harmless.find(([one, pattern]) => one === method && pattern.test(path))?.[2]

/** Checks whose requests prove themselves wrongly, to see that they are refused. */
const WRONG_PROOF =
  /^authentication\.(?:signature|date|token)\.(?!right|host-unsigned|fourteen-minutes|future-tolerance|spellings|common-user|signature-instead)|\.(?:without-proof|unknown-token)$/

/** The plan as a string, one request a line. */
export function planText({ target, lines, requests, skipped, allowWrites }: ContractPlan): string {
  const shown = lines.map(({ method, path, query, times, safety, checks, probe }) => {
    const often = times[0] === 1 && times[1] === 1 ? '' : ` (${times[0]} to ${times[1]} times)`
    const why = whyHarmless({ method, path })
    const many =
      checks.length > 1
        ? `${checks[0]} and ${checks.length - 1} more`
        : (checks[0] ?? (probe === cleaning.id ? 'clean-up' : 'way in'))
    return `${safety.padEnd(5)}  ${method.padEnd(5)} ${path}${query ? `?${query}` : ''}${why === undefined ? '' : ` (${why})`}${often}  <- ${many}`
  })
  const wrong = lines.filter(({ checks }) => checks.length > 0 && checks.every((id) => WRONG_PROOF.test(id))).length
  const [min, max] = requests
  return [
    `Plan for ${target}, ${allowWrites ? 'with writes' : 'read-only'}: ${min === max ? min : `${min} to ${max}`} requests`,
    ...shown,
    `${wrong} of them carry a signature, date or token that is wrong on purpose; the log of the service shows refusals.`,
    ...(skipped.length > 0 ? [`${skipped.length} checks will be skipped: ${reasons(skipped)}`] : []),
    '',
  ].join('\n')
}

function reasons(skipped: ContractPlan['skipped']): string {
  const counts = new Map<string, number>()
  for (const { reason } of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].map(([reason, count]) => `${count} because ${reason}`).join('; ')
}
