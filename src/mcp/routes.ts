import { z } from 'zod'
import { type ControlContext, defineControl } from '../server/control/control-route.ts'
import { badRequest, CONTROL_PREFIX, refuseTooManyValues } from '../server/problem.ts'
import { DEFAULT_SANDBOX } from '../world/world.ts'

/** Far more than a tool takes. */
const MESSAGE_MAX_BYTES = 4 * 1024 * 1024
/** Versions of the protocol before 2025-06-18 have lists of messages; each of them may be as much work as a call. */
const MESSAGES_MAX = 20

function toMessage(text: string): unknown {
  refuseTooManyValues(text, false)
  let message: unknown
  try {
    message = JSON.parse(text)
  } catch {
    throw badRequest('The body is not JSON: send one message of JSON-RPC 2.0.')
  }
  if (Array.isArray(message) && message.length > MESSAGES_MAX) {
    throw badRequest(`The body holds ${message.length} messages; at most ${MESSAGES_MAX} are taken at once.`)
  }
  return message
}

/** The SDK insists on both media types in Accept; a script that asks by hand need not know. */
const inJson = ({ url, headers }: Request): Request => {
  const accepting = new Headers(headers)
  accepting.set('Accept', 'application/json, text/event-stream')
  return new Request(url, { method: 'POST', headers: accepting })
}

/** Answers one message; there is no session, so that any replica answers the next one. */
async function handle({ deps, routes, request, readText }: ControlContext<unknown, unknown>): Promise<Response> {
  const [{ createMcpServer }, { createControlCall }, { WebStandardStreamableHTTPServerTransport }] = await Promise.all([
    import('./server.ts'),
    import('./control-call.ts'),
    import('@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'),
  ])
  const message = toMessage(await readText(MESSAGE_MAX_BYTES))
  const { origin } = new URL(request.url)
  const credentials = deps.world.get(DEFAULT_SANDBOX)?.config.credentials
  const server = createMcpServer({
    call: createControlCall({ baseUrl: origin, prefix: CONTROL_PREFIX, fetch: deps.fetch }),
    routes,
    settings: {
      baseUrl: origin,
      appId: credentials?.appId ?? '',
      appSecret: credentials?.appSecret ?? '',
      userId: credentials?.userId ?? '',
      accessToken: credentials?.tokens.admin ?? '',
    },
    onError: deps.onError,
  })
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
  await server.connect(transport)
  try {
    return await transport.handleRequest(inJson(request), { parsedBody: message })
  } finally {
    await server.close()
  }
}

export const mcpRoutes = [
  defineControl({
    id: 'mcp',
    method: 'POST',
    path: '/mcp',
    needs: 'nothing',
    summary: 'Model Context Protocol for coding agents, by Streamable HTTP without sessions.',
    answers: 'a message of JSON-RPC 2.0',
    response: z.looseObject({ jsonrpc: z.literal('2.0') }),
    handle,
  }),
]
