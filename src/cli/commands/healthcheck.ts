import { type Command, InvalidArgumentError, Option } from 'commander'
import { callableHost, urlHost } from '../../shared/address.ts'
import { ExitError, exitCodes } from '../exit.ts'
import { address, integer, nonEmpty, valueFlag } from '../option.ts'

const TIMEOUT_MS = 2000

/** Adds `healthcheck`: for images that have no curl. */
export function addHealthcheck(program: Command): void {
  program
    .command('healthcheck')
    .description('exit 0 when a server is ready')
    .allowExcessArguments(false)
    .addOption(
      new Option('-p, --port <number>', 'port of the server')
        .env('KOODRIVE_MOCK_PORT')
        .argParser(integer(1, 65_535))
        .default(4010),
    )
    .addOption(
      new Option('--host <address>', 'address that the server listens on')
        .env('KOODRIVE_MOCK_HOST')
        .argParser(address)
        .default('127.0.0.1'),
    )
    .option('--url <url>', 'base URL of the server (default: by host and port)', baseUrl)
    .option('--live', 'ask whether the process is alive, whatever became of its store')
    .addOption(valueFlag('--control-token <token>', 'token of the control plane, where it has one', nonEmpty))
    .action(({ host, port, url, live, controlToken }: HealthFlags) =>
      healthcheck(
        url ?? `${scheme()}://${urlHost(callableHost(host))}:${port}`,
        live ? 'health' : 'ready',
        controlToken,
      ),
    )
}

interface HealthFlags {
  readonly host: string
  readonly port: number
  readonly url?: string
  readonly live?: boolean
  readonly controlToken?: string
}

/** A URL, or only its host and port. */
function baseUrl(text: string): string {
  const url = /^[a-z]+:\/\//i.test(text) ? text : `${scheme()}://${text}`
  if (URL.canParse(url.replace(/%25[^\]]*/, '')) && /^https?:/i.test(url)) return url.replace(/\/+$/, '')
  throw new InvalidArgumentError('Allowed: a URL such as http://127.0.0.1:4010 or http://[::1]:4010.')
}

/** As the server beside it was told to speak. */
const scheme = (): string => {
  const { KOODRIVE_MOCK_TLS: tls = '', KOODRIVE_MOCK_CERT: cert = '' } = process.env
  return cert !== '' || /^(?:1|true|yes|on)$/i.test(tls) ? 'https' : 'http'
}

/** Whether a certificate is trusted is no question of health. */
async function statusOf(url: string, token: string | undefined): Promise<number | undefined> {
  const { get } = await (url.startsWith('https:') ? import('node:https') : import('node:http'))
  return new Promise((resolve) => {
    const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` }
    const options = {
      ...({ signal: AbortSignal.timeout(TIMEOUT_MS), agent: false, rejectUnauthorized: false } as const),
      headers,
    }
    // A zone names a network of this machine, and the URL standard knows none.
    const [zoned, address, zone] = /\[([^\]%]+)%25([^\]]+)\]/.exec(url) ?? []
    const place = zoned === undefined ? {} : { hostname: `${address}%${zone}` }
    get(zoned === undefined ? url : url.replace(zoned, `[${address}]`), { ...options, ...place }, (response) => {
      response.destroy()
      resolve(response.statusCode)
    }).on('error', () => resolve(undefined))
  })
}

/**
 * Whatever answers without a server error is ready: a server with a control token that this command does not know says
 * 401, one without control 404. A server whose store does not answer says 503 to those who may ask.
 */
async function healthcheck(url: string, question: 'health' | 'ready', token: string | undefined): Promise<void> {
  const asked = `${url}/__admin/${question}`
  const status = await statusOf(asked, token).catch(() => undefined)
  if (status === undefined) throw new ExitError(exitCodes.failure, `Nothing answers at ${url}.`)
  if (status >= 500) throw new ExitError(exitCodes.failure, `${asked} answers ${status}.`)
}
