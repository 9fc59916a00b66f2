import { authenticate } from '../server/authentication/authenticate.ts'
import type { Wire } from '../server/http/wire.ts'
import type { Mutation } from '../server/mutation.ts'
import { Refusal } from '../server/refusal.ts'
import { verify } from '../signing/index.ts'
import type { ErrorName } from '../spec/errors.ts'
import type { Operation } from '../spec/operation.ts'
import { roles } from '../world/directory/user.ts'
import type { Sandbox } from '../world/sandbox.ts'

interface Call {
  readonly sandbox: Sandbox
  readonly operation: Operation
  readonly wire: Wire
}

/** Lets in as the administrator whom a rule of authentication refuses, where something applies. */
export const admits = (rule: string | RegExp, applies: (call: Call) => boolean | Promise<boolean> = () => true) =>
  ({
    async authenticate(world, sandbox, operation, wire) {
      try {
        return await authenticate(world, sandbox, operation, wire)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        const broken = error.options.rule
        const isMeant = typeof rule === 'string' ? broken === rule : rule.test(broken)
        if (!isMeant || !(await applies({ sandbox, operation, wire }))) throw error
        const { directory, config } = sandbox.read()
        const { userId } = config.credentials
        return { caller: { kind: 'user', role: roles.systemAdministrator, department: directory.root }, userId }
      }
    },
  }) satisfies Mutation

/** Leaves out one rule of the app signature; the signature itself must still be right. */
export const admitsSigned = (rule: string): Mutation => admits(rule, ({ sandbox, wire }) => isSigned(sandbox, wire))

/** Refuses calls that the rules of authentication let in. */
export const refuses = (
  detail: string,
  applies: (call: Call) => boolean,
  error: ErrorName = 'unauthorized',
): Mutation => ({
  async authenticate(world, sandbox, operation, wire) {
    const authenticated = await authenticate(world, sandbox, operation, wire)
    if (!applies({ sandbox, operation, wire })) return authenticated
    throw new Refusal(error, { rule: 'mutant', detail })
  },
})

/** Whether a request carries the right signature, whatever else is wrong with it. */
export async function isSigned(
  { config: { credentials } }: Sandbox,
  { method, target, headers, body }: Wire,
  changedHeaders: Wire['headers'] = headers,
): Promise<boolean> {
  const request = { method, url: target, headers: changedHeaders, body: await body() }
  return verify(request, { appSecret: credentials.appSecret }).ok
}
