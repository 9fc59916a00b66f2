import { authenticate } from '../server/authentication/authenticate.ts'
import type { Exchange } from '../server/http/exchange.ts'
import { Refusal } from '../server/refusal.ts'
import { verify } from '../signing/index.ts'
import type { Operation } from '../spec/operation.ts'
import type { Sandbox } from '../world/sandbox.ts'
import { callerOf } from '../world/tokens.ts'
import type { Mutation } from './mutant.ts'

interface Call {
  readonly sandbox: Sandbox
  readonly operation: Operation
  readonly exchange: Exchange
}

/** Lets in as the administrator whom the rules of authentication refuse, when `lets` says so of the broken rule. */
export const admits = (lets: (rule: string, call: Call) => boolean | Promise<boolean>): Mutation => ({
  async authenticate(world, sandbox, operation, exchange) {
    try {
      return await authenticate(world, sandbox, operation, exchange)
    } catch (error) {
      if (!(error instanceof Refusal) || !(await lets(error.options.rule, { sandbox, operation, exchange })))
        throw error
      return { caller: callerOf('admin', sandbox.read().directory), userId: sandbox.config.credentials.userId }
    }
  },
})

/** Leaves out one rule of the app signature; the signature itself must still be right. */
export const admitsSigned = (rule: string): Mutation =>
  admits(async (broken, { sandbox, exchange }) => broken === rule && (await isSigned(sandbox, exchange)))

/** Refuses calls that the rules of authentication let in. */
export const refuses = (detail: string, applies: (call: Call) => boolean): Mutation => ({
  async authenticate(world, sandbox, operation, exchange) {
    const authenticated = await authenticate(world, sandbox, operation, exchange)
    if (!applies({ sandbox, operation, exchange })) return authenticated
    throw new Refusal('unauthorized', { rule: 'mutant', detail })
  },
})

/** Whether an exchange carries the right signature, whatever else is wrong with it. */
export async function isSigned(
  { config: { credentials } }: Sandbox,
  { method, target, headers, body }: Exchange,
  changedHeaders: Exchange['headers'] = headers,
): Promise<boolean> {
  const request = { method, url: target, headers: changedHeaders, body: await body() }
  return verify(request, { appSecret: credentials.appSecret }).ok
}
