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
    .action((options: { port: number; url?: string }) => healthcheck(options.url ?? `http://127.0.0.1:${options.port}`))
}

/** Whatever answers without a server error is ready: a server with a control token says 401, one without control 404. */
async function healthcheck(url: string): Promise<void> {
  const ready = `${url.replace(/\/$/, '')}/__admin/ready`
  const response = await fetch(ready, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => undefined)
  if (response === undefined) throw new ExitError(exitCodes.failure, `Nothing answers at ${url}.`)
  if (response.status >= 500) throw new ExitError(exitCodes.failure, `${ready} answers ${response.status}.`)
}
