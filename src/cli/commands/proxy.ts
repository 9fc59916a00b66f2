import { type Command, InvalidArgumentError, Option } from 'commander'
import { isLoopback } from '../../shared/address.ts'
import { ExitError, exitCodes, usageError } from '../exit.ts'
import type { NetworkFlags } from '../network.ts'
import { address, decimal, integer, oneOf, valueFlag } from '../option.ts'
import { stopSignal, surviveErrors } from '../process.ts'
import { type LogFormat, type LogLevel, logFormats, logLevels } from '../request-log.ts'
import type { Streams } from '../streams.ts'

interface ProxyFlags extends NetworkFlags {
  readonly target?: string
  readonly port: number
  readonly host: string
  readonly confirmHost?: string
  readonly reSign?: true
  readonly har?: string
  readonly timeout?: number
  readonly logLevel: LogLevel
  readonly logFormat: LogFormat
}

const SECOND_MS = 1000

/** Adds `proxy`. */
export function addProxy(program: Command, streams: Streams): void {
  program
    .command('proxy')
    .description('forward to the real service, check requests and answers, and record them without secrets and people')
    .allowExcessArguments(false)
    .option('--target <url>', 'base URL of the service (env: KOODRIVE_TARGET)')
    .option('--confirm-host <name>', 'name of its host once more: needed for one that is not loopback')
    .option('--re-sign', "replace the client's signature or token by one of your credentials")
    .option('--har <file>', 'write an HTTP archive, with secrets and people replaced')
    .option('--timeout <seconds>', 'longest wait for an answer (default: 30)', decimal(0.1, 600))
    .option('--ca <file>', 'certificates in PEM to trust besides the usual ones')
    .option('--client-cert <file>', 'client certificate in PEM')
    .option('--client-key <file>', 'its key in PEM')
    .addOption(
      valueFlag('-p, --port <number>', 'port to listen on; 0 picks a free one', integer(0, 65_535)).default(4011),
    )
    .addOption(new Option('--host <address>', 'loopback address to listen on').argParser(loopback).default('127.0.0.1'))
    .addOption(valueFlag('--log-level <level>', logLevels.join(', '), oneOf(...logLevels)).default('info'))
    .addOption(valueFlag('--log-format <format>', logFormats.join(', '), oneOf(...logFormats)).default('pretty'))
    .addHelpText(
      'after',
      `
Credentials come from the environment, or from the file that KOODRIVE_CREDENTIALS_FILE names:
  KOODRIVE_APP_ID, KOODRIVE_APP_SECRET, KOODRIVE_USER_ID, KOODRIVE_ACCESS_TOKEN, KOODRIVE_APP_ACCESS_TOKEN
HTTPS_PROXY, HTTP_PROXY and NO_PROXY are followed.`,
    )
    .action((flags: ProxyFlags) => proxy(flags, streams))
}

/** What it forwards with the credentials of a user is for this machine alone. */
function loopback(text: string): string {
  const host = address(text)
  if (isLoopback(host)) return host
  throw new InvalidArgumentError('Allowed: 127.0.0.1, ::1, localhost.')
}

async function proxy(flags: ProxyFlags, streams: Streams): Promise<void> {
  const { createNoticeLog, createRequestLog } = await import('../request-log.ts')
  const { createProxy } = await import('../../proxy/proxy.ts')
  const { ContractUsageError } = await import('../../contract/outcome.ts')
  const { readCredentials } = await import('../contract/credentials.ts')
  const { commandFetch } = await import('../network.ts')
  const { logLevel, logFormat, timeout, host, port } = flags
  const target = flags.target ?? process.env['KOODRIVE_TARGET'] ?? ''
  const har = flags.har === undefined ? undefined : await openHar(flags.har)
  const isQuiet = logLevel === 'silent'
  const restore = surviveErrors(streams)
  try {
    const relay = createProxy({
      ...{ target, confirmHost: flags.confirmHost, reSign: flags.reSign, har },
      credentials: readCredentials(process.env),
      fetch: commandFetch(flags),
      timeoutMs: timeout === undefined ? undefined : timeout * SECOND_MS,
      onExchange: isQuiet ? undefined : createRequestLog(logLevel, logFormat, streams.out),
    })
    const onNotice = isQuiet ? undefined : createNoticeLog(logFormat, streams.out)
    const { url } = await relay.listen({ port, host, onNotice })
    const stopped = stopSignal()
    streams.out(`koodrive-mock proxy to ${target} ready on ${url}\n`)
    await stopped
    await relay.close()
    const lost = har?.failure?.()
    if (lost !== undefined) throw new ExitError(exitCodes.failure, `The recording is not complete: ${lost.message}.`)
  } catch (error) {
    if (error instanceof ContractUsageError) throw usageError(`${error.message}.`)
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') {
      throw new ExitError(exitCodes.unavailable, `Port ${port} of ${host} is in use. Choose another with --port.`)
    }
    throw error
  } finally {
    restore()
  }
}

async function openHar(file: string) {
  const { openHarFile } = await import('../../proxy/har.ts')
  try {
    return openHarFile(file)
  } catch (error) {
    throw usageError(`--har ${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`)
  }
}
