import { networkFetch } from '../client/network.ts'
import { bounds } from '../shared/bounds.ts'
import { readBytes } from '../shared/text-file.ts'
import { usageError } from './exit.ts'
import { readFlagFile } from './input-files.ts'

/** Flags of the commands that call another service. */
export interface NetworkFlags {
  readonly ca?: string
  readonly clientCert?: string
  readonly clientKey?: string
}

/**
 * The `fetch` of a command: through HTTPS_PROXY and HTTP_PROXY but for NO_PROXY, with the certificates of the flags.
 *
 * @throws ExitError 2 when a file cannot be read or a proxy is no URL.
 */
export function commandFetch(
  { ca, clientCert, clientKey }: NetworkFlags,
  caFlag = '--ca',
): (request: Request) => Promise<Response> {
  try {
    return networkFetch({
      ca: readPem(caFlag, ca),
      cert: readPem('--client-cert', clientCert),
      key: readPem('--client-key', clientKey),
    })
  } catch (error) {
    throw error instanceof TypeError ? usageError(`${error.message}.`) : error
  }
}

function readPem(flag: string, file: string | undefined): string | undefined {
  if (file === undefined) return undefined
  const text = readFlagFile(flag, file, (name) => readBytes(name, bounds.textFileBytes.value)).toString('latin1')
  if (text.includes('-----BEGIN ')) return text
  throw usageError(`${flag} ${file} holds no PEM: a file that begins with -----BEGIN CERTIFICATE----- or the like.`)
}
