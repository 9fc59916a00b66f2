import { authenticate } from '../../server/authentication/authenticate.ts'
import { headerOf } from '../../server/http/wire.ts'
import type { Mutation } from '../../server/mutation.ts'
import { Refusal } from '../../server/refusal.ts'
import { documented, inferred } from '../../spec/evidence.ts'
import { defineMutants } from '../mutant.ts'

const header = documented('queryBatch', 'Table 2')
const length = inferred('Querying Batch Provisioning, Table 2: 58 bits, which we read as characters')
const echo = inferred('No page lists response headers; reading trace-id-echo')

/** Refuses a trace id as a bad parameter. */
const refusing = (isBad: (traceId: string | undefined) => boolean): Mutation => ({
  async authenticate(world, sandbox, operation, wire) {
    const authenticated = await authenticate(world, sandbox, operation, wire)
    if (!isBad(headerOf(wire, 'x-traceid'))) return authenticated
    throw new Refusal('verifyParametersFailed', { rule: 'mutant', detail: 'X-Traceid is refused.' })
  },
})

/** Another trace id in the answer than in the request. */
const echoing = (change: (traceId: string) => string): Mutation => ({
  answer(answer, { wire }) {
    const traceId = headerOf(wire, 'x-traceid')
    return traceId === undefined ? answer : { ...answer, headers: { ...answer.headers, 'X-Traceid': change(traceId) } }
  },
})

/** The header X-Traceid. Whether its length is enforced and whether it is echoed are readings, and no matter of mutants. */
export const traceIdMutants = defineMutants('trace-id', [
  ['refused', 'a trace id of 58 characters is refused', length, () => refusing((id) => id?.length === 58)],
  ['required', 'a call without a trace id is refused', header, () => refusing((id) => id === undefined)],
  ['echo-reversed', 'the answer carries another trace id', echo, () => echoing((id) => [...id].reverse().join(''))],
  ['echo-cut', 'the answer carries half of the trace id', echo, () => echoing((id) => id.slice(0, id.length / 2))],
])
