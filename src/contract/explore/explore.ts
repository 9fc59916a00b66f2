import type { Arbitrary } from 'fast-check'
import { systemTime } from '../../client/system-time.ts'
import { hasAnyCredential, lacks } from '../credentials.ts'
import type { Exchange } from '../exchange.ts'
import { type ContractOptions, toTarget } from '../options.ts'
import { ContractUsageError, NetworkFailure, SafetyStop, SkipCheck } from '../outcome.ts'
import { defineProbe, type ProbeContext } from '../probe.ts'
import { tokenAuth } from '../probes/identity.ts'
import { home, treeStart } from '../probes/management/departments.ts'
import { createRedactor } from '../redact.ts'
import { guardWrites, sessionFor, toFacts } from '../start.ts'
import {
  type Command,
  creation,
  finish,
  finishing,
  listed,
  listing,
  PHONES,
  pageReading,
  poll,
  type Real,
  waiting,
} from './commands.ts'
import {
  DEPARTMENTS,
  departmentCreation,
  departmentListing,
  departmentMove,
  listedDepartments,
  userDeletion,
} from './management.ts'
import { Difference, Model, type PromiseName, promises } from './model.ts'
import { toScript } from './script.ts'

/** How to explore; the rest is as for a run. */
export interface ExploreOptions extends ContractOptions {
  /** Longest time, in seconds. */
  readonly seconds: number
  /** The same seed gives the same sequences. Default: drawn. */
  readonly seed?: number | undefined
  /** Sequences at most. Default: as many as there is time for. */
  readonly maxSequences?: number | undefined
}

/** What an exploration found. */
export interface Exploration {
  readonly target: string
  readonly seed: number
  readonly sequences: number
  readonly requests: number
  /** The shortest sequence that breaks a promise of the pages; undefined when none did. */
  readonly found?: {
    readonly promise: PromiseName
    readonly source: string
    readonly expected: string
    readonly got: string
    /** Its commands in words. */
    readonly commands: string
    /** Its calls, one shell line each. */
    readonly calls: readonly string[]
    /** The same as a script that can be run again. */
    readonly script: string
  }
  /** Why it ended before its time. */
  readonly stopped?: string
  /** 0 nothing found, 1 a difference, 3 unreachable, 4 stopped by a safety guard. */
  readonly exitCode: number
}

const MAX_REQUESTS = 20_000
const LONGEST = 10
/** A list is waited for this part of the whole time, for a difference has to be seen again while it is shrunk. */
const PATIENT_PART = 0.1
const LONGEST_PATIENCE_MS = 40_000

/**
 * Plays random sequences of calls, several in parallel, against a target and a small model of what the pages promise,
 * and shrinks a difference to the shortest sequence. It creates users and tasks.
 *
 * @throws ContractUsageError when options are wrong or credentials are missing, SafetyStop when writes are not confirmed.
 */
export async function exploreContract(options: ExploreOptions): Promise<Exploration> {
  const target = toTarget(options.target)
  const chosen = { ...options, allowWrites: true, maxRequests: options.maxRequests ?? MAX_REQUESTS }
  if (options.allowWrites !== true)
    throw new ContractUsageError('an exploration creates users and tasks: say --allow-writes')
  guardWrites(chosen, target)
  const missing = hasAnyCredential(options.credentials)
    ? lacks('signature', options.credentials, true)
    : 'no credentials'
  if (missing !== undefined) throw new ContractUsageError(`an exploration needs signature credentials: ${missing}`)

  const { default: fc } = await import('fast-check')
  const random = options.random ?? systemTime.random
  const seed = options.seed ?? Math.floor(random() * 2 ** 31)
  const { session, ledger } = sessionFor(chosen, target)
  const redact = createRedactor(options.credentials)
  const patienceMs = Math.min(LONGEST_PATIENCE_MS, options.seconds * 1000 * PATIENT_PART)
  let sequences = 0
  let last: { difference: Difference; calls: (readonly Exchange[])[]; prefix: string; commands: string } | undefined
  let stop: Error | undefined

  const play = (commands: Iterable<Command>): Promise<void> =>
    session.get(
      defineProbe<void>({
        id: 'exploration',
        operation: 'createBatchProvisioningTask',
        safety: 'write',
        needs: [],
        requests: [],
        uses: [tokenAuth, treeStart, home],
        async run(context) {
          // Every sequence has names and phones of its own, so that none meets what another left.
          const facts = toFacts(chosen, random)
          const own: ProbeContext = { ...context, facts }
          const token = facts.has('access-token') ? await context.get(tokenAuth) : undefined
          const model = new Model()
          const real: Real = { context: own, token, calls: [], patienceMs }
          const played: string[] = []
          try {
            for (const command of commands) {
              if (!command.check(model)) continue
              played.push(String(command))
              await command.run(model, real)
            }
            for (const task of model.tasks) await finish(task, model, real)
            await listed(model, real)
            await listedDepartments(model, real)
          } catch (error) {
            if (error instanceof SkipCheck) return
            if (error instanceof Difference) {
              last = { difference: error, calls: real.calls, prefix: facts.prefix, commands: played.join(', ') }
            }
            throw error
          }
        },
      }),
    )

  const batch = fc.array(fc.nat(PHONES - 1), { minLength: 1, maxLength: 3 })
  const place = fc.nat(3)
  const command: Arbitrary<Command> = fc.oneof(
    { weight: 4, arbitrary: fc.array(batch, { minLength: 1, maxLength: 2 }).map(creation) },
    { weight: 3, arbitrary: fc.array(place, { minLength: 1, maxLength: 3 }).map(poll) },
    { weight: 2, arbitrary: place.map(finishing) },
    {
      weight: 2,
      arbitrary: fc.tuple(place, fc.integer({ min: 1, max: 2 })).map(([at, size]) => pageReading(at, size)),
    },
    { weight: 2, arbitrary: fc.constant(listing) },
    { weight: 1, arbitrary: fc.constantFrom(100, 400, 1500).map(waiting) },
  )
  /** Users who come and go, and departments that move: in sequences of their own, or they would seldom meet. */
  const leaving: Arbitrary<Command> = fc.oneof(
    { weight: 2, arbitrary: batch.map((users) => creation([users])) },
    { weight: 2, arbitrary: place.map(finishing) },
    { weight: 3, arbitrary: fc.nat(PHONES - 1).map(userDeletion) },
    { weight: 1, arbitrary: fc.constant(listing) },
  )
  const parent = fc.nat(DEPARTMENTS)
  const moving: Arbitrary<Command> = fc.oneof(
    { weight: 2, arbitrary: parent.map(departmentCreation) },
    { weight: 2, arbitrary: fc.tuple(parent, parent).map(([which, at]) => departmentMove(which, at)) },
    { weight: 1, arbitrary: fc.constant(departmentListing) },
  )
  const sequence = (one: Arbitrary<Command>) => fc.array(one, { minLength: 1, maxLength: LONGEST })
  const commands = fc.oneof(
    { weight: 5, arbitrary: sequence(command) },
    { weight: 1, arbitrary: sequence(leaving) },
    { weight: 1, arbitrary: sequence(moving) },
  )
  try {
    await fc.check(
      fc.asyncProperty(commands, async (played) => {
        if (stop !== undefined || options.signal?.aborted === true) return
        sequences += 1
        try {
          await play(played)
        } catch (error) {
          if (error instanceof Difference) throw error
          stop = error as Error
        }
      }),
      {
        seed,
        numRuns: options.maxSequences ?? 1_000_000,
        interruptAfterTimeLimit: options.seconds * 1000,
        markInterruptAsFailure: false,
        skipAllAfterTimeLimit: options.seconds * 1000,
      },
    )
  } finally {
    if (typeof options.ledger === 'string') ledger?.close()
  }
  const found = last && {
    promise: last.difference.promise,
    source: promises[last.difference.promise].source,
    expected: redact(last.difference.finding.expected),
    got: redact(last.difference.finding.got),
    commands: last.commands,
    ...asShown(toScript(last.calls, target.baseUrl, last.prefix, redact.credentials)),
  }
  return {
    target: target.baseUrl,
    seed,
    sequences,
    requests: session.requests,
    ...(found !== undefined && { found }),
    ...(stop !== undefined && { stopped: redact(stop.message) }),
    exitCode: exitCodeOf(found !== undefined, stop),
  }
}

const asShown = ({ lines, script }: ReturnType<typeof toScript>) => ({ calls: lines, script })

function exitCodeOf(isFound: boolean, stop: Error | undefined): number {
  if (isFound) return 1
  if (stop === undefined) return 0
  if (stop instanceof SafetyStop) return 4
  if (stop instanceof NetworkFailure) return 3
  throw stop
}

/** The outcome as a string: one line, and the script when there is a difference. */
export function explorationText({ target, seed, sequences, requests, found, stopped }: Exploration): string {
  const played = `${sequences} sequences, ${requests} requests, seed ${seed}`
  if (found === undefined) {
    return `${target}: no difference in ${played}${stopped === undefined ? '' : `; stopped: ${stopped}`}\n`
  }
  const { promise, source, expected, got, commands, calls, script } = found
  return `${target}: a difference after ${played}
    promise  ${promise}
    source   ${source}
    expected ${expected}
    got      ${got}
    sequence ${commands}, then until all tasks have ended, and the users listed

The shortest sequence found, ${calls.length} calls:

${script}`
}
