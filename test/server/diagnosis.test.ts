import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { builtInScenario } from '../../src/scenarios/built-in.ts'
import type { Diagnosis } from '../../src/signing/index.ts'
import { operations } from '../../src/spec/operations.ts'
import { sentBy } from '../signing/mistaken-client-request.ts'
import { mistakenClients } from '../signing/mistaken-clients.ts'
import type { Pairs } from '../signing/mistaken-signer.ts'
import { NOW } from '../support/targets.ts'

let mock: Mock
let url = ''
let host = ''
/** AppSecret of another sandbox of the same server. */
let other = ''

beforeAll(async () => {
  mock = createMock({ now: NOW })
  url = (await mock.listen({ port: 0 })).url
  host = new URL(url).host
  other = mock.world.create({ scenario: builtInScenario('happy-path') }).config.credentials.appSecret
})
afterAll(() => mock.close())

/** Sends headers as they are, repeats included, and the target untouched. */
function send(
  method: string,
  target: string,
  headers: Pairs,
  body: string | Buffer,
): Promise<{ status: number; diagnosis: string; requestId: string }> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const flat = [...headers, ['Content-Length', String(Buffer.byteLength(body))]].flat()
    const request = httpRequest({ hostname, port, method, path: target, headers: flat as never }, (response) => {
      response.resume().on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          diagnosis: String(response.headers['x-mock-diagnosis'] ?? ''),
          requestId: String(response.headers['x-mock-request-id'] ?? ''),
        }),
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}

const paths = new Set<string>(operations.map(({ path }) => path))
/** Named by another check of the request, before the signature is looked at. */
const clients = Object.entries(mistakenClients).filter(
  ([id, { appSecret }]) => appSecret === undefined && id !== 'clock-moved',
)

describe('a client that signs wrongly learns its mistake', () => {
  it.each(
    clients.filter(([, { send: sent }]) =>
      paths.has((sent?.target ?? '/koodrive/ose/v1/userList').split('?')[0] ?? ''),
    ),
  )('%s: X-Mock-Diagnosis names it and the journal explains it', async (id, client) => {
    if (id === 'secret-of-another-app') mock.world.create({ scenario: builtInScenario('happy-path') })
    const other = [...mock.world.all()].at(-1)?.config.credentials.appSecret ?? ''
    const steps = id === 'secret-of-another-app' ? { steps: { key: () => other } } : {}
    const { method, target, headers, body } = sentBy({ ...client, ...steps }, mock.credentials, host)
    const { status, diagnosis, requestId } = await send(method, target, headers, body)
    expect(status).toBe(401)
    const kept = (await (await fetch(`${url}/__admin/sandboxes/default/requests/${requestId}`)).json()) as {
      signature: Diagnosis | null
    }
    if (kept.signature === null) return expect(diagnosis).toMatch(/Authorization|token/)
    const named = kept.signature.mistakes.find((mistake) => mistake.id === id)
    expect(named, JSON.stringify(kept.signature.mistakes)).toBeDefined()
    // Beyond the first ten of a second the header says where to read, as the test has just done.
    expect(diagnosis.includes(named?.cure ?? '') || diagnosis.includes('The search goes on')).toBe(true)
    return undefined
  })

  it.each(clients)('%s: POST /__admin/signature/diagnose names it', async (id, client) => {
    const steps = id === 'secret-of-another-app' ? { steps: { key: () => other } } : {}
    const { method, target, headers, body } = sentBy({ ...client, ...steps }, mock.credentials, host)
    const response = await fetch(`${url}/__admin/signature/diagnose`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        ...{ method, url: target, headers },
        ...(typeof body === 'string' ? { body } : { bodyBase64: body.toString('base64') }),
      }),
    })
    const diagnosis = (await response.json()) as Diagnosis
    expect(diagnosis.mistakes.map((mistake) => mistake.id)).toContain(id)
  })
})
