import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  CallToolRequestSchema,
  ErrorCode,
  ListResourcesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js'
import type { ExportSettings } from '../export/exported-file.ts'
import { brief } from '../scenarios/explain.ts'
import type { ControlRoute } from '../server/control/control-route.ts'
import { version } from '../spec/version.ts'
import { CONTRACT_TOOL, runContractTool } from './contract-tool.ts'
import type { ControlCall } from './control-call.ts'
import { readResource, resources } from './resources.ts'
import { controlTools, type Tool } from './tools.ts'

/** Characters of a tool's answer; an agent reads no more with profit. */
const ANSWER_MAX = 40_000

export interface McpOptions {
  readonly call: ControlCall
  readonly routes: readonly ControlRoute[]
  /** What resources say of this mock. */
  readonly settings: ExportSettings
  /** Called with every error that nobody expected. */
  readonly onError: (error: unknown) => void
}

const instructions = (url: string): string =>
  `A mock of the KooDrive enterprise API for client code that you write or repair. The code calls ${url} in place of the real service, with the credentials of a sandbox. Make one with create_sandbox, run the code, then look with search_requests and explain_request at what it has sent: a refused signature is explained there. Time is virtual: advance_clock instead of waiting. verify_requests and report_card tell whether the client behaves well.`

/** A server of the Model Context Protocol over a control plane. A transport is connected to it by the caller. */
export function createMcpServer({ call, routes, settings, onError }: McpOptions): Server {
  const server = new Server(
    { name: 'koodrive-mock', title: 'KooDrive mock', version },
    { capabilities: { tools: {}, resources: {} }, instructions: instructions(settings.baseUrl) },
  )
  const tools = controlTools(routes)
  const listed = [...tools.map(({ toCall: _, inItsWords: __, ...tool }) => tool), CONTRACT_TOOL]

  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: listed }))
  server.setRequestHandler(CallToolRequestSchema, async ({ params: { name, arguments: input = {} } }) => {
    const tool = tools.find((one) => one.name === name)
    if (tool === undefined && name !== CONTRACT_TOOL.name) {
      throw new McpError(
        ErrorCode.InvalidParams,
        `There is no tool ${brief(name)}. Tools: ${listed.map((one) => one.name).join(', ')}.`,
      )
    }
    try {
      if (tool === undefined) return answer(JSON.stringify(await runContractTool(call, input), null, 2))
      const { method, path, body } = tool.toCall(input)
      return answer(indented(await call.text(method, path, body)))
    } catch (error) {
      return refusal(error, tools, onError)
    }
  })
  server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: [...resources] }))
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }) => {
    const text = await readResource(uri, settings)
    if (text === undefined) {
      throw new McpError(
        ErrorCode.InvalidParams,
        `There is no resource ${brief(uri)}. Resources: ${resources.map((one) => one.uri).join(', ')}.`,
      )
    }
    return { contents: [{ uri, mimeType: 'text/markdown', text }] }
  })
  return server
}

const content = (text: string) => [{ type: 'text' as const, text }]

const answer = (text: string) => ({
  content: content(
    text.length <= ANSWER_MAX
      ? text
      : `${text.slice(0, ANSWER_MAX)}\n… ${text.length - ANSWER_MAX} more characters. Ask for less: limit, operation, status, since.`,
  ),
})

/** Characters of a refusal; some repeat what was asked for. */
const REFUSAL_MAX = 2_000

/** Refusals are for the agent to read; whatever else went wrong is for the log. */
function refusal(error: unknown, tools: readonly Tool[], onError: (error: unknown) => void) {
  const { name, message } = error as Error
  if (!['ControlError', 'Problem', 'ContractUsageError', 'SafetyStop'].includes(name)) {
    onError(error)
    return { content: content('The mock itself failed; its log has the cause.'), isError: true }
  }
  const said = message.length <= REFUSAL_MAX ? message : `${message.slice(0, REFUSAL_MAX)}…`
  const text = tools.reduce((words, tool) => tool.inItsWords(words), said)
  return { content: content(text), isError: true }
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
