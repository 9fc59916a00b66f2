import type { Command } from 'commander'
import { createService } from '../../mock/service.ts'
import { CONTROL_PREFIX } from '../../server/problem.ts'
import { defaultCredentials } from '../../world/world.ts'
import { usageError } from '../exit.ts'
import { openPort } from '../open-port.ts'
import { baseUrl, integer, nonEmpty, valueFlag } from '../option.ts'
import { stopSignal } from '../process.ts'
import type { Streams } from '../streams.ts'

interface McpFlags {
  readonly port: number
  readonly url?: string
  readonly controlToken?: string
  readonly scenario: string
}

const text = (value: string): string => value

/** Adds `mcp`. Standard output is the protocol's alone: whatever is for people goes to standard error. */
export function addMcp(program: Command, streams: Streams): void {
  program
    .command('mcp')
    .description('serve coding agents by the Model Context Protocol on standard input and output')
    .allowExcessArguments(false)
    .addOption(
      valueFlag(
        '-p, --port <number>',
        'port of the mock that is started; 0 picks a free one',
        integer(0, 65_535),
      ).default(0),
    )
    .addOption(valueFlag('--scenario <name|file>', 'its scenario', text).default('happy-path'))
    .option('--url <url>', 'a mock that runs already, in place of one of its own', baseUrl)
    .addOption(valueFlag('--control-token <token>', 'token of the control plane of that mock', nonEmpty))
    .action((flags: McpFlags) => serveAgents(flags, streams))
}

async function serveAgents(flags: McpFlags, streams: Streams): Promise<void> {
  const [{ createMcpServer }, { createControlCall }, { controlRoutes }, { StdioServerTransport }] = await Promise.all([
    import('../../mcp/server.ts'),
    import('../../mcp/control-call.ts'),
    import('../../mock/control-routes.ts'),
    import('@modelcontextprotocol/sdk/server/stdio.js'),
  ])
  const mock = flags.url === undefined ? await ownMock(flags, streams) : otherMock(flags.url)
  const { appId, appSecret, userId, tokens } = defaultCredentials
  const server = createMcpServer({
    call: createControlCall({ ...mock, prefix: CONTROL_PREFIX, token: flags.controlToken }),
    routes: controlRoutes,
    settings: { baseUrl: mock.baseUrl, appId, appSecret, userId, accessToken: tokens.admin },
    onError: (error) =>
      streams.err(`koodrive-mock: ${error instanceof Error ? (error.stack ?? error.message) : error}\n`),
  })
  const left = new Promise<void>((resolve) => {
    // The agent ends by closing our input.
    process.stdin.once('close', resolve)
    process.stdin.once('end', resolve)
  })
  await server.connect(new StdioServerTransport())
  const where = flags.url === undefined ? 'ready on' : 'passes on to'
  streams.err(`koodrive-mock ${where} ${mock.baseUrl}, for agents on standard input\n`)
  await Promise.race([left, stopSignal()])
  await server.close()
  await mock.close()
  process.stdin.destroy()
}

interface ReachedMock {
  readonly baseUrl: string
  readonly fetch: (request: Request) => Promise<Response>
  readonly close: () => Promise<void>
}

/** A mock in this process, whose port is for the code that the agent writes. */
async function ownMock({ port, scenario }: McpFlags, streams: Streams): Promise<ReachedMock> {
  const { loadScenario } = await import('../../scenarios/parse.ts')
  const chosen = await loadScenario(scenario).catch((error: Error) => {
    throw usageError(error.message)
  })
  const defaults = { seed: 1, scenario: chosen, readings: {} }
  const service = createService({ defaults, mutation: undefined, ownsProcess: true })
  const where = { port, host: '127.0.0.1', logLevel: 'silent', logFormat: 'pretty' } as const
  const { url } = await openPort(service, where, streams)
  return { baseUrl: url, fetch: service.deps.fetch, close: service.close }
}

const otherMock = (url: string): ReachedMock => ({
  baseUrl: url,
  fetch: (request) => fetch(request),
  close: async () => {},
})
