import { afterAll, describe, expect, it } from 'vitest'
import { createMock } from '../../src/index.ts'
import { controlRoutes } from '../../src/mock/control-routes.ts'
import { faultKinds } from '../../src/scenarios/schema.ts'
import { bodyExamples, faultExamples, fileBodies } from '../../src/server/control/examples.ts'

const mock = createMock()
afterAll(() => mock.close())
const { url } = await mock.listen({ port: 0 })
const send = (method: string, path: string, body: unknown) =>
  fetch(`${url}/__admin${path}`, {
    method,
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' },
  })
const withBody = controlRoutes.filter(({ body, method }) => body !== undefined || method === 'PUT')

/** The request that a path speaks of: one whose signature was refused. */
async function requestId(): Promise<string> {
  await fetch(`${url}/koodrive/ose/v1/user/batchRegister/get?taskId=1882735962480556672`, {
    headers: {
      Authorization: `SDK-HMAC-SHA256 Access=${mock.credentials.appId}, SignedHeaders=host;x-date, Signature=00`,
    },
  })
  return mock.defaultSandbox.journal.list({ limit: 1 })[0]?.requestId ?? ''
}

describe('the example of the reference', () => {
  it.each(Object.entries(bodyExamples))('for %s works as it stands', async (id, example) => {
    const route = controlRoutes.find((one) => one.id === id)
    if (route === undefined) throw new Error(`${id} is no route`)
    const sandbox = mock.sandbox()
    const path = route.path.includes(':requestId')
      ? route.path.replace(':id', 'default').replace(':requestId', await requestId())
      : route.path.replace(':id', sandbox.id)
    const response = await send(route.method, path, example)
    expect(response.status, await response.text()).toBeLessThan(300)
  })

  it.each(Object.entries(faultExamples))('of a fault of the kind %s works as it stands', async (_, fault) => {
    const sandbox = mock.sandbox()
    const response = await send('POST', `/sandboxes/${sandbox.id}/faults`, fault)
    expect(response.status, await response.text()).toBe(201)
    expect(sandbox.faults.list()[0]).toMatchObject(fault)
  })

  it('is there for every body that is no file of another route, and for every kind of fault', () => {
    const ids = withBody.filter(({ body }) => body !== undefined).map(({ id }) => id)
    expect(new Set([...Object.keys(bodyExamples), ...Object.keys(fileBodies)])).toEqual(new Set([...ids, 'mcp']))
    expect(Object.keys(faultExamples).sort()).toEqual([...faultKinds()].sort())
  })
})
