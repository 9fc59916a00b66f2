import { unwatchFile, watchFile } from 'node:fs'
import type { Service } from '../mock/service.ts'
import type { Route } from '../routes/route.ts'
import { isFile, readScenarioFile } from '../scenarios/parse.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { printable } from '../shared/escape.ts'
import { createNoticeLog, type LogFormat, type LogLevel } from './request-log.ts'
import type { Streams } from './streams.ts'

/** How often files are looked at. Looking works on every file system, mounts of containers and replaced links included. */
const LOOK_MS = 250

/** What the command line says about files. */
interface FileFlags {
  /** Name of a built-in scenario, or a file. */
  readonly scenario: string
  readonly routes?: string
  readonly logLevel: LogLevel
  readonly logFormat: LogFormat
}

interface Current {
  readonly scenario: Scenario
  readonly routes: readonly Route[] | undefined
}

/** A file that is read again when it changes. */
interface Watched {
  readonly flag: string
  readonly file: string
  /** Reads it and goes over to what it says; throws what is wrong with it. False when it says the same as before. */
  readonly reload: () => Promise<boolean>
}

/**
 * Reads the files of scenario and routes again when they change, and at SIGHUP. A broken edit keeps the last good one and
 * says why on stderr. The result stops it.
 */
export function watchFiles(
  service: Pick<Service, 'follow'>,
  flags: FileFlags,
  current: Current,
  { out, err }: Streams,
): () => void {
  const { logLevel, logFormat } = flags
  const watched = watchedOf(service, flags, current)
  if (watched.length === 0) return () => {}
  const tell = logLevel === 'silent' || logLevel === 'error' ? () => {} : createNoticeLog(logFormat, out)
  let turn = Promise.resolve()
  const read = ({ flag, file, reload }: Watched, isAsked: boolean): void => {
    turn = turn.then(async () => {
      try {
        const isOther = await reload()
        if (isOther || isAsked) tell(`${flag} ${file} was read again${isOther ? '' : ' and says the same'}.`)
      } catch (error) {
        const why = printable((error as Error).message)
        err(`koodrive-mock: ${flag} ${why} The last good one stays in force.\n`)
      }
    })
  }
  const readAll = (): void => {
    for (const one of watched) read(one, true)
  }
  const listeners = watched.map((one) => ({ file: one.file, listener: () => read(one, false) }))
  for (const { file, listener } of listeners) watchFile(file, { interval: LOOK_MS }, listener)
  // Without a listener the signal would end the process, which nobody wants who asks to read files again.
  process.on('SIGHUP', readAll)
  return () => {
    process.off('SIGHUP', readAll)
    for (const { file, listener } of listeners) unwatchFile(file, listener)
  }
}

function watchedOf(service: Pick<Service, 'follow'>, { scenario, routes }: FileFlags, current: Current): Watched[] {
  const watched: Watched[] = []
  if (isFile(scenario)) {
    const follow = (before: Scenario, now: Scenario) => service.follow({ what: 'scenario', before, now })
    const reload = whenChanged(current.scenario, () => readScenarioFile(scenario), follow)
    watched.push({ flag: '--scenario', file: scenario, reload })
  }
  if (routes !== undefined) {
    const read = async () => (await import('../routes/parse.ts')).readRoutesFile(routes)
    const follow = (before: readonly Route[], now: readonly Route[]) => service.follow({ what: 'routes', before, now })
    watched.push({ flag: '--routes', file: routes, reload: whenChanged(current.routes ?? [], read, follow) })
  }
  return watched
}

/** Reads a file anew and follows it when it says something else than before; tells whether it does. */
function whenChanged<T>(first: T, read: () => Promise<T>, follow: (before: T, now: T) => Promise<unknown>) {
  let before = first
  return async (): Promise<boolean> => {
    const now = await read()
    const isOther = JSON.stringify(now) !== JSON.stringify(before)
    if (isOther) await follow(before, now)
    before = now
    return isOther
  }
}
