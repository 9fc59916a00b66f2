import { nearest } from '../scenarios/nearest.ts'
import { readTextFile, unreadable } from '../shared/text-file.ts'
import { readingIds, toReadings } from '../spec/readings.ts'
import { usageError } from './exit.ts'

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
  let text: string
  try {
    text = readTextFile(file)
  } catch (error) {
    throw usageError(`--readings ${file} cannot be read: ${unreadable(error)}.`)
  }
  let content: unknown
  try {
    content = parse(text)
  } catch {
    throw usageError(`--readings ${file} cannot be read: it is neither JSON nor YAML.`)
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw usageError(`--readings ${file} must hold readings by id, such as {"code-type": "string"}.`)
  }
  const readings = 'readings' in content ? (content.readings as object) : content
  try {
    checkReadings(readings as Record<string, unknown>)
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
