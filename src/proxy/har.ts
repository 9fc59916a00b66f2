import { closeSync, openSync, writeSync } from 'node:fs'
import { type HarExchange, toHarEntry } from '../shared/har.ts'
import { version } from '../spec/version.ts'

/** Where exchanges are written to. */
export interface HarSink {
  add(exchange: HarExchange): void
  close(): void
}

const FOOT = '\n]}}\n'

/**
 * An HTTP archive in a file, readable after every exchange: whoever ends the process early loses nothing.
 *
 * @throws the error of the file system when the file cannot be written.
 */
export function openHarFile(file: string): HarSink {
  const descriptor = openSync(file, 'w', 0o600)
  const head = `{"log":{"version":"1.2","creator":${JSON.stringify({ name: 'koodrive-mock', version })},"entries":[\n`
  let end = writeSync(descriptor, head, 0)
  writeSync(descriptor, FOOT, end)
  let count = 0
  return {
    add(exchange) {
      const text = `${count === 0 ? '' : ',\n'}${JSON.stringify(toHarEntry(exchange))}`
      const written = writeSync(descriptor, text + FOOT, end)
      end += written - FOOT.length
      count += 1
    },
    close: () => closeSync(descriptor),
  }
}
