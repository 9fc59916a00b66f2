import type { Replay, ReplayOptions } from '../proxy/replay.ts'
import type { Route } from '../routes/route.ts'
import { nearest } from '../scenarios/nearest.ts'
import { bounds } from '../shared/bounds.ts'
import { isRecord } from '../shared/json.ts'
import { readTextFile, unreadable } from '../shared/text-file.ts'
import { readingIds, toReadings } from '../spec/readings.ts'
import { usageError } from './exit.ts'

/**
 * What `read` gives of the file of a flag.
 *
 * @throws ExitError 2 when it cannot be read.
 */
export function readFlagFile<T extends string | Buffer>(flag: string, file: string, read: (file: string) => T): T {
  try {
    return read(file)
  } catch (error) {
    throw usageError(`${flag} ${file} cannot be read: ${unreadable(error)}.`)
  }
}

const readData = (file: string): string => readTextFile(file, bounds.dataFileBytes.value)

/**
 * The JSON of the file of a flag; what it says is checked where it is used.
 *
 * @throws ExitError 2 when it cannot be read or is not JSON.
 */
export function readJsonFile(flag: string, file: string): unknown {
  const text = readFlagFile(flag, file, readData)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw usageError(`${flag} ${file} is not JSON: ${(error as Error).message}.`)
  }
}

/**
 * Own answers from a file; undefined without one.
 *
 * @throws ExitError 2 that names file, line and path of the first mistake, and what is allowed.
 */
export async function routesOf(file: string | undefined): Promise<readonly Route[] | undefined> {
  if (file === undefined) return undefined
  const { readRoutesFile } = await import('../routes/parse.ts')
  return readRoutesFile(file).catch((error: Error) => {
    throw usageError(`--routes ${error.message}`)
  })
}

/**
 * A server that answers from an HTTP archive.
 *
 * @throws ExitError 2 when the file cannot be read or is none.
 */
export async function openReplay(file: string, options: ReplayOptions): Promise<Replay> {
  const { createReplay } = await import('../proxy/replay.ts')
  const text = readFlagFile('--replay', file, readData)
  try {
    return createReplay(text, options)
  } catch (error) {
    throw usageError(`--replay ${file}: ${(error as Error).message}.`)
  }
}

/** Collects `--reading ID=VALUE`, given several times or with commas between. */
export function collectReadings(text: string, before: Record<string, string> = {}): Record<string, string> {
  const pairs = text.split(',').map((pair) => {
    const at = pair.indexOf('=')
    if (at < 1) throw usageError(`--reading takes ID=VALUE, not "${pair}".`)
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
  })
  return { ...before, ...Object.fromEntries(pairs) }
}

/** Readings from a file, as `contract --readings-out` writes it: ids and values, as JSON or YAML. */
export async function readReadingsFile(file: string): Promise<Record<string, string>> {
  const { parse } = await import('yaml')
  const text = readFlagFile('--readings', file, readTextFile)
  let content: unknown
  try {
    content = parse(text)
  } catch {
    throw usageError(`--readings ${file} cannot be read: it is neither JSON nor YAML.`)
  }
  if (!isRecord(content)) {
    throw usageError(`--readings ${file} must hold readings by id, such as {"code-type": "string"}.`)
  }
  const readings = (content['readings'] ?? content) as Record<string, unknown>
  try {
    checkReadings(readings)
  } catch (error) {
    throw usageError(`--readings ${file}: ${(error as Error).message}`)
  }
  return Object.fromEntries(Object.entries(readings).map(([id, value]) => [id, String(value)]))
}

/**
 * Checks chosen readings.
 *
 * @throws Error that names an unknown reading, the one that is probably meant and all others, or a wrong answer.
 */
export function checkReadings(chosen: Readonly<Record<string, unknown>>): void {
  const wrong = Object.keys(chosen).find((id) => !readingIds.some((known) => known === id))
  const meant = wrong === undefined ? undefined : nearest(wrong, readingIds)
  if (meant === undefined) toReadings(chosen)
  else throw new Error(`Unknown reading "${wrong}". Did you mean "${meant}"? Known readings: ${readingIds.join(', ')}.`)
}
