import { type Command, Option } from 'commander'
import { ExitError, exitCodes } from '../exit.ts'
import { integer } from '../option.ts'

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
    .option('--url <url>', 'base URL of the server (default: http://127.0.0.1:<port>)')
    .action((options: { port: number; url?: string }) =>
      healthcheck(options.url ?? `${scheme()}://127.0.0.1:${options.port}`),
    )
}

/** As the server beside it was told to speak. */
const scheme = (): string => {
  const { KOODRIVE_MOCK_TLS: tls = '', KOODRIVE_MOCK_CERT: cert = '' } = process.env
  return cert !== '' || /^(?:1|true|yes|on)$/i.test(tls) ? 'https' : 'http'
}

/** Whether a certificate is trusted is no question of health. */
async function statusOf(url: string): Promise<number | undefined> {
  const { get } = await (url.startsWith('https:') ? import('node:https') : import('node:http'))
  return new Promise((resolve) => {
    const options = { signal: AbortSignal.timeout(TIMEOUT_MS), agent: false, rejectUnauthorized: false } as const
    get(url, options, (response) => {
      response.destroy()
      resolve(response.statusCode)
    }).on('error', () => resolve(undefined))
  })
}

/** Whatever answers without a server error is ready: a server with a control token says 401, one without control 404. */
async function healthcheck(url: string): Promise<void> {
  const ready = `${url.replace(/\/$/, '')}/__admin/ready`
  const status = await statusOf(ready).catch(() => undefined)
  if (status === undefined) throw new ExitError(exitCodes.failure, `Nothing answers at ${url}.`)
  if (status >= 500) throw new ExitError(exitCodes.failure, `${ready} answers ${status}.`)
}
