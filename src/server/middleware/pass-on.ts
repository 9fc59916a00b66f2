import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { isLoopback } from '../../shared/address.ts'
import { bounds } from '../../shared/bounds.ts'
import { type AppContext, type AppMiddleware, type Call, paused } from '../app-env.ts'
import { tokenOf } from '../authentication/access-token.ts'
import type { Deps } from '../deps.ts'
import { canPassOn, type Fallback, headersBack, headersOn, isOwnCall, urlOn } from '../fallback/fallback.ts'
import { type Answer, explainHost, ForwardError, forward, rewrittenHost } from '../forward.ts'
import { type Bindings, headerOf } from '../http/wire.ts'
import { Refusal } from '../refusal.ts'

const decoder = new TextDecoder()
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304])
/** Shorter words are not looked for as secrets: they are part of too much else. */
const SHORTEST_SECRET = 8

/** Passes on what no operation and no route takes, if it was told where to. */
export function passOn({ fallback }: Deps): AppMiddleware {
  let inFlight = 0
  return async function passOn(c, next) {
    const call = c.get('call')
    if (fallback === undefined || call.operation !== undefined || !canPassOn(call.wire.method)) return next()
    let held = 0
    const over = new AbortController()
    const answered = call.wire.whenGone(() => over.abort())
    const hold = (bytes: number): void => {
      if (inFlight + bytes > bounds.fallbackBytesInFlight.value) {
        throw new ForwardError(
          'Calls on their way to the fallback hold as many bytes as they may. Send this again soon.',
        )
      }
      inFlight += bytes
      held += bytes
    }
    try {
      if (isNamedByPage(c)) {
        throw new ForwardError(
          `This machine was called by the name ${headerOf(call.wire, 'host')}, as a page does that has its own name lead here. Call it by localhost or 127.0.0.1.`,
        )
      }
      return answerAs(c, fallback, await paused(call, () => ask(call, fallback, hold, over.signal)))
    } catch (error) {
      if (!(error instanceof ForwardError)) throw error
      throw new Refusal(error.isTimeout ? 'gatewayTimeout' : 'badGateway', {
        rule: 'fallback',
        detail: `No operation and no route takes this, so it was to go on to ${new URL(fallback.url).origin}. ${error.message}`,
        evidence: 'inferred',
      })
    } finally {
      answered()
      inFlight -= held
    }
  }
}

/**
 * Whether a call over loopback names another host. The name of a page's site can be made to lead to this machine (DNS
 * rebinding), and its calls then count as those of one site: they must not reach the other server.
 */
function isNamedByPage({ env, var: { call } }: AppContext): boolean {
  const local = (env as Bindings | undefined)?.incoming?.socket?.localAddress
  if (!call.wire.isSocket || local === undefined || !isLoopback(local)) return false
  return !isLoopback((headerOf(call.wire, 'host') ?? 'localhost').replace(/:\d*$/, ''))
}

async function ask(
  { wire, sandbox, owner }: Call,
  fallback: Fallback,
  hold: (bytes: number) => void,
  over: AbortSignal,
): Promise<Answer> {
  if (isOwnCall(wire, fallback)) {
    throw new ForwardError('It has come back: the fallback leads to this server itself. Check --fallback.')
  }
  const url = urlOn(wire.target, fallback)
  if (url === undefined) throw new ForwardError('Its path leads out of the fallback, so it was not sent.')
  const body = await wire.body()
  hold(body.length)
  const secrets = fallback.passesCredentials ? [] : secretsOf(wire, owner ?? sandbox)
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length)
  if (secrets.some((secret) => url.includes(secret) || bytes.includes(secret))) {
    throw new ForwardError(
      'Its path or body holds a secret of the sandbox, so it was not sent. --fallback-credentials sends it all the same.',
    )
  }
  return forward(wire.method, url, headersOn(wire.headers, fallback, secrets), body, {
    who: 'The fallback',
    flag: '--fallback',
    trustFlag: '--fallback-ca',
    fetch: fallback.fetch,
    timeoutMs: bounds.fallbackTimeoutMs.value,
    over,
    hold,
  })
}

/** What proves who calls: the credentials of the sandbox, and the token that was sent. */
function secretsOf(wire: Call['wire'], sandbox: Call['sandbox']): string[] {
  const own = sandbox?.config.credentials
  const sent = tokenOf(headerOf(wire, 'authorization') ?? '') ?? ''
  const known = own === undefined ? [] : [own.appId, own.appSecret, ...Object.values(own.tokens)]
  return [...known, sent].filter((text) => text.length >= SHORTEST_SECRET)
}

function answerAs(c: AppContext, fallback: Fallback, { status, headers, body }: Answer): Response {
  const call = c.get('call')
  const { origin } = new URL(fallback.url)
  call.passedOnTo = origin
  call.rule = 'fallback; inferred'
  const rewritten = fallback.passesCredentials ? rewrittenHost(call.wire.headers, fallback.url) : undefined
  const why =
    rewritten !== undefined && status >= 400
      ? ` If that is about the signature: ${explainHost(rewritten, 'the fallback')}.`
      : ''
  call.hint = `No operation and no route takes this; ${origin} has answered it.${why}`
  call.sent = decoder.decode(body)
  const content = body.length === 0 || BODILESS.has(status) ? null : Buffer.from(body)
  const response = new Response(content, { status: status as ContentfulStatusCode })
  for (const [name, value] of headersBack(headers)) response.headers.append(name, value)
  return response
}
