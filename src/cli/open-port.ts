import type { Listening, ListenOptions } from '../server/listening.ts'
import { ExitError, exitCodes, usageError } from './exit.ts'
import { createNoticeLog, type LogFormat, type LogLevel } from './request-log.ts'
import type { Streams } from './streams.ts'
import { type TlsFlags, tlsChoice, writeCa } from './tls.ts'

/** What the command line says about the port. */
export interface PortFlags extends TlsFlags {
  readonly port: number
  readonly host: string
  readonly logLevel: LogLevel
  readonly logFormat: LogFormat
}

/**
 * Opens the port of a server as the flags say, and writes the certificate to trust where it was asked for.
 *
 * @throws ExitError that names the flag to change.
 */
export async function openPort(
  server: { listen(options: ListenOptions): Promise<Listening>; close(): Promise<void> },
  flags: PortFlags,
  { out }: Streams,
): Promise<Listening> {
  const { port, host, tlsCaOut, logLevel, logFormat } = flags
  const tls = tlsChoice(flags)
  const onNotice = logLevel === 'silent' ? undefined : createNoticeLog(logFormat, out)
  const listening = await server.listen({ port, host, tls, onNotice }).catch((error: NodeJS.ErrnoException) => {
    throw cannotListen(error, flags)
  })
  if (tlsCaOut === undefined || listening.ca === undefined) return listening
  try {
    writeCa(tlsCaOut, listening.ca)
    return listening
  } catch (error) {
    await server.close()
    throw error
  }
}

function cannotListen({ code, message, name }: NodeJS.ErrnoException, { port, host, cert, key }: PortFlags): ExitError {
  if (name === 'TlsError') return usageError(`--cert ${cert} --key ${key}: ${message}`)
  if (name === 'TypeError') return usageError(`--tls-name: ${message}`)
  if (code === 'EADDRINUSE') {
    return new ExitError(
      exitCodes.unavailable,
      `Port ${port} of ${host} is in use. Choose another with --port, or --port 0.`,
    )
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new ExitError(exitCodes.unavailable, `Cannot listen on ${host}:${port} (${code}). Check --host and --port.`)
  }
  return new ExitError(exitCodes.failure, message)
}
