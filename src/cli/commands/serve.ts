import { type Command, InvalidArgumentError } from 'commander'
import { journalShape, sandboxesShape } from '../../mock/mock-input.ts'
import type { MockOptions } from '../../mock/mock-options.ts'
import { createService, DEFAULT_MAX_JOURNAL, type Service } from '../../mock/service.ts'
import { isFile, loadScenario } from '../../scenarios/parse.ts'
import { instant, organisationDefaults, organisationNumbers } from '../../server/sandboxes/sandbox-options.ts'
import { REDIRECT_HOST } from '../../server/sign-in/redirect.ts'
import { callableHost, originProblem, urlHost } from '../../shared/address.ts'
import { bounds } from '../../shared/bounds.ts'
import type { StoreError } from '../../store/database.ts'
import { checkPlace, isShared } from '../../store/place.ts'
import { FIRST_INSTANT, LAST_INSTANT, toIso } from '../../world/instant.ts'
import { banner } from '../banner.ts'
import { ExitError, exitCodes, usageError } from '../exit.ts'
import { type FallbackFlags, fallbackOf, fallbackUrl } from '../fallback.ts'
import { checkReadings, collectReadings, openReplay, readJsonFile, readReadingsFile, routesOf } from '../input-files.ts'
import { mutantNamed } from '../mutants/select.ts'
import { openPort, type PortFlags } from '../open-port.ts'
import {
  address,
  inHelp,
  integer,
  nonEmpty,
  numberFlag,
  oneOf,
  switchesFromEnvironment,
  switchFlag,
  valueFlag,
} from '../option.ts'
import { stopSignal, surviveErrors } from '../process.ts'
import { createRequestLog, logFormats, logLevels } from '../request-log.ts'
import type { Streams } from '../streams.ts'
import { collectNames } from '../tls.ts'

interface ServeOptions
  extends FallbackFlags,
    PortFlags,
    Pick<
      MockOptions,
      | 'users'
      | 'departments'
      | 'speed'
      | 'seed'
      | 'maxSandboxes'
      | 'maxJournal'
      | 'maxJournalBytes'
      | 'debugHeaders'
      | 'mutant'
    > {
  /** Milliseconds. */
  readonly sandboxTtl?: number
  readonly scenario: string
  /** Name of a file. */
  readonly readings?: string
  readonly reading?: Record<string, string>
  readonly now?: number
  readonly store?: string
  readonly log?: string
  readonly snapshot?: string
  readonly control: boolean
  readonly controlToken?: string
  readonly replay?: string
  readonly routes?: string
  readonly cors?: readonly string[]
  readonly redirectHost?: readonly string[]
}

const text = (value: string): string => value

/** What names a store; a URL may hold a password, so nothing of it is repeated. */
function storePlace(place: string): string {
  try {
    checkPlace(place)
    return place
  } catch (error) {
    throw usageError(`--store: ${(error as Error).message}`)
  }
}

const numbers = organisationNumbers
const usual = organisationDefaults
const journal = journalShape
const together = sandboxesShape

/** Every flag of `serve`; its twin in the environment follows from its name. */
const flags = [
  valueFlag('-p, --port <number>', 'port to listen on; 0 picks a free one', integer(0, 65_535)).default(4010),
  valueFlag('--host <address>', 'address to listen on', address).default('127.0.0.1'),
  switchFlag('--tls', 'HTTP/2 and HTTP/1.1 over TLS, with a certificate made at start'),
  valueFlag('--tls-ca-out <file>', 'write the CA to trust to this file (PEM)', nonEmpty),
  valueFlag('--tls-name <name>', 'further host name or address of that certificate; may be given again', collectNames),
  valueFlag('--cert <file>', 'TLS with a certificate (and chain) of your own (PEM)', nonEmpty),
  valueFlag('--key <file>', 'its private key (PEM)', nonEmpty),
  numberFlag('--seed <number>', numbers.seed, usual.seed),
  numberFlag('--users <number>', numbers.users, usual.users),
  numberFlag('--departments <number>', numbers.departments, usual.departments),
  valueFlag('--scenario <name|file>', 'a built-in scenario or a YAML or JSON file', text).default(usual.scenario),
  valueFlag('--routes <file>', 'own answers for paths that no operation has (YAML or JSON)', nonEmpty),
  valueFlag('--fallback <url>', 'server that gets what no operation and no route takes', fallbackUrl),
  valueFlag('--fallback-ca <file>', 'certificates in PEM to trust there besides the usual ones', nonEmpty),
  switchFlag('--fallback-credentials', 'pass on the credentials of clients too'),
  valueFlag('--cors <origin>', 'origin whose pages may call the vendor API; may be given again', collectOrigins),
  valueFlag('--readings <file>', 'file with readings by id', text),
  valueFlag('--reading <id=value>', 'one reading; may be given again', collectReadings),
  valueFlag('--now <iso>', 'start with the clock frozen at this time', isoTime),
  valueFlag('--store <folder|url>', 'keep sandboxes in a folder (one process) or in postgres://… (many)', storePlace),
  valueFlag('--log <file>', 'replay a log that GET /__admin/sandboxes/:id/log has exported', text),
  valueFlag('--snapshot <file>', 'restore the sandboxes of a snapshot that koodrive-mock snapshot has saved', text),
  valueFlag('--replay <file>', 'answer from an HTTP archive that koodrive-mock proxy has written', text),
  numberFlag('--speed <number>', numbers.speed, usual.speed),
  valueFlag('--mutant <name>', 'deviate from the documents in this one way (koodrive-mock mutants --list)', text),
  valueFlag(
    '--redirect-host <host>',
    'host that a sign-in may lead to besides this machine; may be given again',
    collectRedirectHosts,
  ),
  valueFlag('--control-token <token>', 'token that every call of the control plane must carry', nonEmpty),
  switchFlag('--no-control', 'no control plane'),
  switchFlag('--no-debug-headers', 'answers without X-Mock-* headers'),
  valueFlag('--log-level <level>', logLevels.join(', '), oneOf(...logLevels)).default('info'),
  valueFlag('--log-format <format>', logFormats.join(', '), oneOf(...logFormats)).default('pretty'),
  numberFlag('--max-sandboxes <number>', together.maxSandboxes).default(bounds.sandboxes.value),
  valueFlag('--sandbox-ttl <duration>', inHelp(together.sandboxTtl.description), duration),
  numberFlag('--max-journal <number>', journal.maxJournal).default(DEFAULT_MAX_JOURNAL),
  numberFlag('--max-journal-bytes <bytes>', journal.maxJournalBytes).default(bounds.journalBytes.value),
]

/** Origins of pages: one a flag, several in the environment, with commas. */
function collectOrigins(text: string, before: readonly string[] = []): readonly string[] {
  const origins = text.split(',').map((origin) => origin.trim())
  const problem = origins.map(originProblem).find((found) => found !== undefined)
  if (problem === undefined) return [...before, ...origins]
  throw new InvalidArgumentError(`Wrong origin: ${problem}`)
}

/** Hosts that a sign-in may lead to: one a flag, several in the environment, with commas. */
function collectRedirectHosts(text: string, before: readonly string[] = []): readonly string[] {
  const hosts = text.split(',').map((host) => host.trim())
  const wrong = hosts.find((host) => !REDIRECT_HOST.test(host))
  if (wrong === undefined) return [...before, ...hosts]
  throw new InvalidArgumentError('Allowed: a host such as app.example.com, app.example.com:8443 or myapp://callback.')
}

function duration(text: string): number {
  const read = together.sandboxTtl.safeParse(text)
  if (read.success && read.data !== undefined) return read.data
  throw new InvalidArgumentError('Allowed: a duration of at least a second, such as 30m, 12h, 7d or PT12H.')
}

function isoTime(value: string): number {
  const read = instant().safeParse(value)
  if (read.success) return read.data
  throw usageError(
    `--now "${value}" is not an ISO 8601 date-time from ${toIso(FIRST_INSTANT)} to ${toIso(LAST_INSTANT)}. Allowed: for example 2026-04-16T08:00:00Z.`,
  )
}

/** Adds `serve`, the default command. */
export function addServe(program: Command, streams: Streams): void {
  const command = program
    .command('serve', { isDefault: true })
    .description('start the mock (the default command)')
    .allowExcessArguments(false)
    .action((options: ServeOptions) => serve(options, streams))
  for (const flag of flags) command.addOption(flag)
}

/** Switches of `serve` that the environment turns on, as arguments. */
export const serveSwitches = (environment: NodeJS.ProcessEnv): string[] => switchesFromEnvironment(flags, environment)

async function serve(options: ServeOptions, streams: Streams): Promise<void> {
  const restore = surviveErrors(streams)
  try {
    await serveUntilStopped(options, streams)
  } finally {
    restore()
  }
}

async function serveUntilStopped(options: ServeOptions, streams: Streams): Promise<void> {
  if (options.replay !== undefined) return replay(options.replay, options, streams)
  if (options.snapshot !== undefined && options.store !== undefined) {
    throw usageError('--snapshot and --store: start with the store, then koodrive-mock snapshot --restore FILE.')
  }
  const { host, control, controlToken: givenToken } = options
  const readings = { ...(options.readings && (await readReadingsFile(options.readings))), ...options.reading }
  const mutant = options.mutant === undefined ? undefined : await mutantNamed(options.mutant)
  const { users, departments, now, speed, debugHeaders, maxJournal, maxJournalBytes, scenario } = options
  const { seed = usual.seed, maxSandboxes, sandboxTtl: sandboxTtlMs } = options
  const settings = { ...(await chosen(scenario, readings)), routes: await routesOf(options.routes) }
  const service = createService({
    defaults: { seed, users, departments, now, speed, ...settings },
    fallback: await fallbackOf(options),
    ...{ debugHeaders, maxJournal, maxJournalBytes, mutation: mutant?.mutate(), ownsProcess: true },
    sandboxes: { isSeeded: options.seed !== undefined, maxSandboxes, sandboxTtlMs },
    store: options.store,
    redirectHosts: options.redirectHost,
    cors: options.cors,
    control:
      control &&
      ({
        token: givenToken,
        hosts: [host, callableHost(host)].map((one) => urlHost(one).toLowerCase()),
      } as const),
    onExchange:
      options.logLevel === 'silent' ? undefined : createRequestLog(options.logLevel, options.logFormat, streams.out),
  })
  if (options.snapshot) await restoreFile(service, options.snapshot)
  if (options.log) await replayLog(service, options.log)
  if (options.store !== undefined) await openStore(service, options.store)
  const { url, ca, controlToken: generated } = await openPort(service, options, streams)
  if (options.logFormat === 'pretty' && options.logLevel !== 'silent') {
    const trust = ca === undefined ? undefined : { file: options.tlsCaOut, isServed: control }
    const { credentials } = service
    streams.out(await banner({ url, credentials, controlToken: generated, hasControl: control, trust }))
  } else if (generated !== undefined) streams.out(`control token: ${generated}\n`)
  if (mutant !== undefined)
    streams.out(`mutant ${mutant.name}: ${mutant.title}. This is not how the service behaves.\n`)
  const hasFiles = options.routes !== undefined || isFile(scenario)
  const stopWatching = hasFiles
    ? (await import('../watch-files.ts')).watchFiles(service, options, settings, streams)
    : () => {}
  const stopped = stopSignal()
  streams.out(`koodrive-mock ready on ${url}\n`)
  await stopped
  stopWatching()
  await service.close()
}

/** Answers from an archive instead of from a world. */
async function replay(file: string, options: ServeOptions, streams: Streams): Promise<void> {
  const { logLevel, logFormat } = options
  const onExchange = logLevel === 'silent' ? undefined : createRequestLog(logLevel, logFormat, streams.out)
  const server = await openReplay(file, { onExchange })
  const { url } = await openPort(server, options, streams)
  const stopped = stopSignal()
  streams.out(`koodrive-mock ready on ${url}\n`)
  await stopped
  await server.close()
}

/** Flags of V8. Newer ones do not draw the others from the first, once the process runs. */
const BASELINE_ONLY = ['--liftoff-only', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering']

/** Opens the store; what is wrong with it is said in one line. */
async function openStore({ deps }: Service, place: string): Promise<void> {
  if (!isShared(place)) {
    // What the compiler of V8 takes for hot functions of PGlite would stay with the process: 60 MB, and no call is quicker
    // for it. The flags of a process that uses the library are left alone.
    const { setFlagsFromString } = await import('node:v8')
    for (const flag of BASELINE_ONLY) setFlagsFromString(flag)
  }
  try {
    await deps.order?.()
  } catch (error) {
    const { name, kind, message } = error as Partial<StoreError> & Error
    if (name !== 'StoreError') throw error
    throw new ExitError(kind === 'usage' ? exitCodes.usage : exitCodes.failure, `--store: ${message}`)
  }
}

/** What is wrong with a log shows when it is replayed. */
async function replayLog({ deps }: Service, file: string): Promise<void> {
  const { importNamed, parseLog } = await import('../../server/sandboxes/log.ts')
  applied('--log', file, (log) => importNamed(deps, parseLog(log)))
}

/** What is wrong with a snapshot shows when it is restored. */
async function restoreFile({ deps }: Service, file: string): Promise<void> {
  const { parseSnapshot, restoreSnapshot } = await import('../../server/snapshots/snapshot.ts')
  applied('--snapshot', file, (snapshot) => restoreSnapshot(deps, parseSnapshot(snapshot)))
}

function applied(flag: string, file: string, apply: (json: unknown) => unknown): void {
  const json = readJsonFile(flag, file)
  try {
    apply(json)
  } catch (error) {
    throw usageError(`${flag} ${file}: ${(error as Error).message}`)
  }
}

async function chosen(nameOrFile: string, readings: Record<string, string>) {
  try {
    checkReadings(readings)
    return { scenario: await loadScenario(nameOrFile), readings }
  } catch (error) {
    throw usageError((error as Error).message)
  }
}
