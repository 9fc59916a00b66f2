import { systemTime } from '../client/system-time.ts'
import { formatXDate } from '../signing/index.ts'
import { type ReadingId, readingEntry, readingIds } from '../spec/readings.ts'
import { type Check, probesOf } from './check.ts'
import { type CleanUp, cleanedUp } from './clean-up.ts'
import { conclude, headline } from './conclude.ts'
import { hasAnyCredential, lacks } from './credentials.ts'
import { judge } from './judge-check.ts'
import type { Ledger } from './ledger.ts'
import { type ContractOptions, selectChecks, type TargetAddress, toTarget } from './options.ts'
import { ContractUsageError, SafetyStop } from './outcome.ts'
import { type Preflight, tryWaysIn } from './preflight.ts'
import { createRedactor, type Redact } from './redact.ts'
import {
  type CheckResult,
  type ContractReport,
  exitCodeOf,
  type Outcome,
  REPORT_SCHEMA,
  summarize,
  toIsoText,
  tool,
} from './report.ts'
import { type Session, TOKEN_OVER } from './session.ts'
import { guardWrites, sessionFor } from './start.ts'

/** A run: results as they come, then the report. */
export interface ContractRun extends AsyncIterable<CheckResult> {
  /** The report; goes through whatever checks are left first. */
  readonly report: () => Promise<ContractReport>
}

/**
 * Runs the contract suite against a target.
 *
 * Read-only unless `allowWrites`; never follows a redirect; sends nothing before the options are found right.
 *
 * @throws ContractUsageError when the options are wrong, SafetyStop when writes are not confirmed; both before the
 *   first request. While it runs nothing is thrown: results and report tell.
 * @example
 * const run = runContract({ target: 'http://127.0.0.1:4010', credentials, allowWrites: true })
 * for await (const result of run) if (result.verdict === 'violation') console.log(result.id, result.got)
 * const { summary, readings } = await run.report()
 */
export function runContract(options: ContractOptions): ContractRun {
  const target = toTarget(options.target)
  const selected = selectChecks(options)
  guardWrites(options, target)
  if (!hasAnyCredential(options.credentials)) {
    throw new ContractUsageError(
      'no credentials: set KOODRIVE_APP_ID, KOODRIVE_APP_SECRET and KOODRIVE_USER_ID, or KOODRIVE_ACCESS_TOKEN',
    )
  }
  const results = new Run(options, target, selected)
  const iterator = results.go()
  return {
    [Symbol.asyncIterator]: () => iterator,
    async report() {
      for await (const _ of iterator);
      return results.report()
    },
  }
}

class Run {
  readonly #options: ContractOptions
  readonly #target: TargetAddress
  readonly #checks: readonly Check[]
  readonly #session: Session
  readonly #ledger: Ledger | undefined
  readonly #startedAt: number
  readonly #started = systemTime.elapsed()
  readonly #results: CheckResult[] = []
  readonly #readings = new Map<ReadingId, string>()
  readonly #undetermined = new Map<ReadingId, string>()
  readonly #redact: Redact
  #outcome: Outcome | undefined
  #stopped: string | undefined
  #cleanUp: CleanUp | undefined

  constructor(options: ContractOptions, target: TargetAddress, checks: readonly Check[]) {
    const { now = systemTime.now } = options
    this.#options = options
    this.#redact = createRedactor(options.credentials)
    this.#target = target
    this.#checks = checks
    this.#startedAt = now()
    const { session, ledger: opened } = sessionFor(options, target)
    this.#ledger = opened
    this.#session = session
  }

  async *go(): AsyncGenerator<CheckResult, void, undefined> {
    try {
      const preflight = await this.#begin()
      for (const [index, check] of this.#checks.entries()) {
        this.#options.onCheck?.(check, index, this.#checks.length)
        const result = await this.#judge(check, preflight)
        this.#results.push(result)
        yield result
      }
      await this.#clean()
    } finally {
      if (typeof this.#options.ledger === 'string') this.#ledger?.close()
    }
  }

  async #begin(): Promise<Preflight> {
    try {
      const preflight = await tryWaysIn(this.#session, this.#checks)
      if (preflight.stop !== undefined) this.#stop(preflight.stop.outcome, preflight.stop.reason)
      else if (preflight.refused.size > 0) {
        this.#outcome = 'authentication-failed'
        this.#stopped = [...preflight.refused.values()].join('; ')
      }
      return preflight
    } catch (error) {
      if (!(error instanceof SafetyStop)) throw error
      this.#stop('safety-guard', error.message)
      return { refused: new Map(), unclear: new Map() }
    }
  }

  /** A run that reaches its end leaves nothing behind; one that was stopped is gone on with, or cleaned up by its ledger. */
  async #clean(): Promise<void> {
    const { facts } = this.#session
    if (!facts.allowWrites || this.#options.keep === true || this.#outcome !== undefined) return
    try {
      this.#cleanUp = await cleanedUp((probe) => this.#session.get(probe))
    } catch (error) {
      if (!(error instanceof SafetyStop)) throw error
      this.#stop('safety-guard', error.message)
    }
  }

  #stop(outcome: Outcome, reason: string): void {
    this.#outcome = outcome
    this.#stopped = reason
  }

  async #judge(check: Check, { refused, unclear }: Preflight): Promise<CheckResult> {
    const session = this.#session
    const isOver = this.#outcome !== undefined && this.#outcome !== 'authentication-failed'
    const needs = probesOf(check, session.facts.allowWrites).flatMap((probe) => probe.needs)
    const unmet = needs
      .map(
        (need) =>
          lacks(need, this.#options.credentials, session.facts.allowWrites) ?? refused.get(need) ?? unclear.get(need),
      )
      .find((reason) => reason !== undefined)
    const isAboutThat = check.tags.includes('way-in')
    const lacking = [...new Set(needs)].filter(
      (need) => lacks(need, this.#options.credentials, session.facts.allowWrites) !== undefined,
    )
    const excuse = isOver
      ? `the run was stopped: ${this.#stopped}`
      : isAboutThat && needs.every(session.facts.has)
        ? undefined
        : unmet
    const judged = await judge(check, {
      session,
      redact: this.#redact,
      baseUrl: this.#target.baseUrl,
      skipBecause: excuse,
    })
    for (const [id, value] of judged.learned) if (!this.#readings.has(id)) this.#readings.set(id, value)
    for (const [id, reason] of judged.undetermined) this.#undetermined.set(id, this.#redact(reason))
    if (judged.stop !== undefined) this.#stop('safety-guard', judged.stop)
    else if (session.isTokenOver && this.#outcome === undefined) this.#stop('authentication-failed', TOKEN_OVER)
    else if (session.isTargetGone && !isOver) this.#stop('unreachable', 'the target stopped answering')
    const { result } = judged
    // Some checks find out only while they run that they would need a task.
    if (
      !session.facts.allowWrites &&
      result.reason?.includes('--allow-writes') === true &&
      !lacking.includes('writes')
    ) {
      lacking.push('writes')
    }
    return {
      ...result,
      ...(result.verdict === 'skip' && !isOver && lacking.length > 0 && { lacks: lacking }),
      ...(result.verdict === 'violation' && this.#options.baseline?.includes(result.id) === true && { known: true }),
    }
  }

  report(): ContractReport {
    const summary = summarize(this.#results, this.#session.requests)
    const concluded = conclude(this.#results, this.#options)
    const outcome = this.#outcome ?? concluded.outcome
    const passed = new Set(this.#results.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id))
    const { baseline } = this.#options
    const report: Omit<ContractReport, 'headline'> = {
      schema: REPORT_SCHEMA,
      tool,
      target: this.#target.baseUrl,
      startedAt: toIsoText(formatXDate(this.#startedAt)),
      durationMs: Math.round(systemTime.elapsed() - this.#started),
      outcome,
      exitCode: exitCodeOf[outcome],
      ...(this.#outcome === undefined &&
        concluded.reason !== undefined && { demanded: this.#redact(concluded.reason) }),
      ...(baseline !== undefined && { gone: baseline.filter((id) => passed.has(id)) }),
      ...(this.#stopped !== undefined && { stopped: this.#redact(this.#stopped) }),
      run: this.#session.facts.prefix,
      allowWrites: this.#session.facts.allowWrites,
      ...(this.#session.skewMs !== 0 && { clockSkewMs: this.#session.skewMs }),
      summary,
      ...(this.#cleanUp !== undefined && { cleanUp: this.#cleanUp }),
      checks: this.#results,
      readings: Object.fromEntries(readingIds.flatMap((id) => entry(id, this.#readings.get(id)))),
      undetermined: Object.fromEntries(
        readingIds.flatMap((id) =>
          this.#readings.has(id)
            ? []
            : entry(id, this.#undetermined.get(id) ?? `${readingEntry(id).question} No check of this run could tell.`),
        ),
      ),
    }
    return { ...report, headline: headline(report) }
  }
}

const entry = (id: ReadingId, value: string | undefined): [string, string][] =>
  value === undefined ? [] : [[id, value]]
