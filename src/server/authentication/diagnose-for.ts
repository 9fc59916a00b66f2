import { type Diagnosis, diagnose, type SignableRequest } from '../../signing/index.ts'
import { once } from '../../spec/once.ts'
import type { Credentials } from '../../world/config.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import type { World } from '../../world/world.ts'

const OTHERS_TRIED = 32

/**
 * The whole diagnosis of a request, with the secret, the clock and the readings of its sandbox as they are now. It is
 * made when it is asked for: the search for a mistake takes longer than all else about a request.
 */
export function diagnoseFor(sandbox: Sandbox, request: SignableRequest, world: World): () => Diagnosis {
  const { appId, appSecret } = sandbox.config.credentials
  const known = {
    appId,
    appSecret,
    now: Math.floor(sandbox.clock.now() / 1000) * 1000,
    futureToleranceMs: Number(sandbox.peek().readings['future-date-tolerance']) * 1000,
    knownSecrets: otherSecrets(sandbox, world),
  }
  return once(() => diagnose(request, known))
}

/** Credentials of other sandboxes, the oldest first, that a client may have mixed in. */
function otherSecrets(sandbox: Sandbox, world: World): Credentials[] {
  const others: Credentials[] = []
  for (const other of world.all()) {
    if (others.length === OTHERS_TRIED) break
    if (other !== sandbox) others.push(other.config.credentials)
  }
  return others
}
