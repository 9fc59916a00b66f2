import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/scenarios/scenario.ts'
import { faultKinds } from '../../../src/scenarios/schema.ts'
import { callSecurely, listening, protocols, type SecureReply } from '../../support/secure.ts'

const path = '/koodrive/ose/v1/userList?offset=0&limit=20'
const promised = ({ headers }: SecureReply) => Number(headers['content-length'])
const isWhole = (reply: SecureReply) => Buffer.byteLength(reply.text) === promised(reply) && reply.broken === undefined

function isJson(text: string): boolean {
  try {
    return JSON.parse(text) !== undefined
  } catch {
    return false
  }
}

/** Every kind of fault, and what a client sees of it by either protocol. */
const shown: Readonly<
  Record<ReturnType<typeof faultKinds>[number], readonly [Partial<Fault>, (reply: SecureReply) => boolean][]>
> = {
  latency: [[{ delay: { ms: 1 } }, (reply) => reply.status === 200 && isWhole(reply)]],
  error: [
    [{ status: 503, retryAfterSeconds: 7 }, ({ status, headers }) => status === 503 && headers['retry-after'] === '7'],
  ],
  throttle: [[{ retryAfterSeconds: 3 }, ({ status, headers }) => status === 429 && headers['retry-after'] === '3']],
  reset: [
    [{}, ({ status, broken }) => status === 0 && broken !== undefined],
    [{ strikes: 'after' }, ({ status, broken }) => status === 0 && broken !== undefined],
    [{ afterBytes: 100 }, (reply) => reply.broken !== undefined && reply.text.length <= 100 && promised(reply) > 100],
  ],
  truncate: [
    [
      { fraction: 0.25 },
      (reply) => reply.status === 200 && reply.broken !== undefined && reply.text.length < promised(reply) / 2,
    ],
  ],
  malformed: [[{}, (reply) => reply.status === 200 && isWhole(reply) && !isJson(reply.text)]],
  drip: [[{ chunkBytes: 1000, everyMs: 1 }, (reply) => reply.status === 200 && isWhole(reply) && isJson(reply.text)]],
}

const cases = protocols.flatMap((protocol) =>
  faultKinds().flatMap((kind) =>
    shown[kind].map(([fault, isShown]) => [protocol, kind, JSON.stringify(fault), fault, isShown] as const),
  ),
)

describe('over TLS, faults break what they break over plain HTTP', () => {
  it.each(cases)('%s: %s %s', async (protocol, kind, _, fault, isShown) => {
    const { mock, port, ca } = await listening({ tls: true })
    mock.defaultSandbox.faults.add({ kind, nth: 1, ...fault } as Fault)
    const call = () =>
      callSecurely(protocol, port.url, ca, { path, headers: { authorization: 'Bearer mock-admin-token' } })
    const reply = await call()
    expect(isShown(reply), JSON.stringify(reply)).toBe(true)
    const next = await call()
    expect([next.status, isWhole(next)]).toEqual([200, true])
  })
})
