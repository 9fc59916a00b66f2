import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { onTestFinished } from 'vitest'
import { root } from './source-files.ts'

/** A coding agent, by the client of the official SDK. */
export interface Agent {
  readonly client: Client
  /** Calls a tool and gives the text of its answer. */
  readonly use: (name: string, input?: Record<string, unknown>) => Promise<{ text: string; isError: boolean }>
  /** The same, as JSON; throws with the text when the tool refuses. */
  readonly ask: (name: string, input?: Record<string, unknown>) => Promise<any>
}

async function agentOf(transport: StdioClientTransport | StreamableHTTPClientTransport): Promise<Agent> {
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(transport as Parameters<Client['connect']>[0])
  onTestFinished(() => client.close())
  const use: Agent['use'] = async (name, input = {}) => {
    const { content, isError } = await client.callTool({ name, arguments: input })
    const [first] = content as { text: string }[]
    return { text: first?.text ?? '', isError: isError === true }
  }
  return {
    client,
    use,
    async ask(name, input) {
      const { text, isError } = await use(name, input)
      if (isError) throw new Error(text)
      return JSON.parse(text)
    },
  }
}

/** An agent that starts `koodrive-mock mcp`, and ends it. */
export const byStdio = (...flags: readonly string[]): Promise<Agent> =>
  agentOf(
    new StdioClientTransport({
      command: process.execPath,
      args: [`${root}dist/cli/main.js`, 'mcp', ...flags],
      stderr: 'ignore',
    }),
  )

/** An agent that calls a mock that runs. */
export const byHttp = (url: string, token?: string): Promise<Agent> =>
  agentOf(
    new StreamableHTTPClientTransport(new URL(`${url}/__admin/mcp`), {
      requestInit: { headers: token === undefined ? {} : { Authorization: `Bearer ${token}` } },
    }),
  )
