import type { TlsChoice } from '../server/listening.ts'
import { writeWhole } from '../shared/files.ts'
import { readAsciiFile } from '../shared/text-file.ts'
import { usageError } from './exit.ts'
import { readFlagFile } from './input-files.ts'

/** What the command line says about TLS. */
export interface TlsFlags {
  readonly tls?: boolean
  readonly cert?: string
  readonly key?: string
  readonly tlsName?: readonly string[]
  readonly tlsCaOut?: string
}

/** Collects `--tls-name NAME`, given several times or with commas between. */
export const collectNames = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...text.split(',').map((name) => name.trim()),
]

/**
 * How to speak TLS, if at all: with a certificate of one's own, or with one that is made at start.
 *
 * @throws ExitError 2 when flags contradict each other or a file cannot be read.
 */
export function tlsChoice({ tls = false, cert, key, tlsName, tlsCaOut }: TlsFlags): false | TlsChoice {
  const forGenerated = tlsCaOut === undefined ? '--tls-name' : '--tls-ca-out'
  const wantsGenerated = tlsName !== undefined || tlsCaOut !== undefined
  if (cert !== undefined || key !== undefined) {
    if (cert === undefined) throw usageError('--key needs --cert FILE, the certificate that goes with it.')
    if (key === undefined) throw usageError('--cert needs --key FILE, the key that goes with it.')
    if (wantsGenerated) {
      throw usageError(
        `${forGenerated} is about a certificate made at start; --cert and --key bring one. Leave one out.`,
      )
    }
    return { cert: readFlagFile('--cert', cert, readAsciiFile), key: readFlagFile('--key', key, readAsciiFile) }
  }
  if (tls) return tlsName === undefined ? true : { names: tlsName }
  if (wantsGenerated) throw usageError(`${forGenerated} needs --tls.`)
  return false
}

/**
 * Writes the certificate to trust. Whoever waits for the file never reads half of it.
 *
 * @throws ExitError 2 when the file cannot be written.
 */
export function writeCa(file: string, pem: string): void {
  try {
    writeWhole(file, pem)
  } catch (error) {
    throw usageError(`--tls-ca-out ${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`)
  }
}
