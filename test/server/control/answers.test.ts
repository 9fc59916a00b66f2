import { afterEach, expect, it } from 'vitest'
import { z } from 'zod'
import { controlRoutes } from '../../../src/mock/control-routes.ts'
import type { ControlRoute } from '../../../src/server/control/control-route.ts'
import { createControlDocument, toTemplate } from '../../../src/server/control/document.ts'
import { paths } from '../../support/client.ts'
import { control } from '../../support/control.ts'
import { type JsonSchema, undescribed } from '../../support/json-schema.ts'
import { closeAll, inProcess, type Target } from '../../support/targets.ts'

afterEach(closeAll)

/** What is there before a route is called, and what its call needs. */
interface Stage {
  readonly taskId: string
  readonly openTaskId: string
  readonly faultId: string
  readonly token: string
  readonly log: object
  readonly snapshot: object
}

type Call = (
  stage: Stage,
  target: Target,
) => { readonly params?: object; readonly query?: string; readonly body?: unknown }

/** How each route is called that needs more than ids; one that answers in two shapes is called for both. */
const calls: Readonly<Record<string, readonly Call[]>> = {
  'set-clock': [() => ({ body: { rate: 2 } })],
  'advance-clock': [() => ({ body: { by: 'PT1S' } })],
  'set-scenario': [() => ({ body: '"flaky"' }), () => ({ body: '"happy-path"' })],
  'set-readings': [() => ({ body: { 'code-type': 'string' } })],
  'add-fault': [
    () => ({ body: { kind: 'error', status: 503, nth: 9 } }),
    () => ({ body: { kind: 'latency', delay: { minMs: 1, maxMs: 2 }, forSeconds: 60 } }),
  ],
  'complete-task': [({ openTaskId }) => ({ params: { taskId: openTaskId } })],
  'fail-task': [({ openTaskId }) => ({ params: { taskId: openTaskId } })],
  'issue-token': [() => ({ body: { kind: 'user', lifeSeconds: 60 } })],
  'create-auth-code': [() => ({ body: { login: 'deptAdmin' } })],
  'create-sandbox': [() => ({ body: { seed: 3 } })],
  'list-requests': [() => ({}), () => ({ query: '?format=har' })],
  'verify-requests': [
    () => ({ body: { operation: 'listUsers', count: { exactly: 7 } } }),
    () => ({ body: { operation: 'listUsers', count: { min: 1 } } }),
  ],
  'get-request': [
    () => ({ params: { requestId: 'default-1' } }),
    () => ({ params: { requestId: 'default-2' } }),
    () => ({ params: { requestId: 'default-3' } }),
  ],
  'sign-request': [() => ({ body: { method: 'POST', url: paths.create, body: '{}' } })],
  'diagnose-signature': [
    () => ({ body: { method: 'GET', url: `${paths.query}?taskId=1`, headers: {} } }),
    (_, { baseUrl }) => ({
      body: {
        method: 'GET',
        url: `${baseUrl}${paths.query}?taskId=1`,
        headers: { Authorization: `HMAC-SHA256 AppId=a,SignedHeaders=host;x-date,Signature=${'0'.repeat(64)}` },
      },
    }),
  ],
  'replay-log': [({ log }) => ({ body: log })],
  'delete-sandboxes': [() => ({ query: '?label=ci=run-42' })],
  'set-routes': [
    () => ({ body: { routes: [{ method: 'GET', path: '/koodrive/ose/v1/groups', answer: { body: [] } }] } }),
  ],
  'restore-snapshot': [({ snapshot }) => ({ body: snapshot })],
  'restore-sandbox': [({ snapshot }) => ({ body: snapshot })],
  'replay-request': [() => ({ params: { requestId: 'default-1' } })],
  'get-request-as-programs': [() => ({ params: { requestId: 'default-1' } })],
  'compare-own-text': [() => ({ params: { requestId: 'default-1' }, body: { text: 'GET\n/' } })],
  mcp: [() => ({ body: { jsonrpc: '2.0', id: 1, method: 'tools/list' } })],
}

const withIdsOnly: readonly Call[] = [() => ({})]

/** A sandbox that has been used: tasks, a fault, a token, a refused signature, a call by token. */
async function stage(target: Target): Promise<Stage> {
  const { client } = target
  const provision = async (...phones: string[]): Promise<string> => {
    const userList = phones.map((phone) => ({ firstname: 'Ada', phone }))
    return (await client.signed('POST', paths.create, { body: JSON.stringify({ userList }) })).json.data
  }
  const taskId = await provision('13900000001', '13900000001', '19990000102')
  await control(target, 'POST', '/sandboxes/default/clock/advance', { by: 'PT1M' })
  await client.signed('GET', `${paths.query}?taskId=${taskId}`, { headers: { Authorization: 'HMAC-SHA256 no' } })
  await client.get(`${paths.users}?offset=0&limit=1`)
  const fault = await control(target, 'POST', '/sandboxes/default/faults', {
    kind: 'throttle',
    quota: 9,
    afterSeconds: 1,
  })
  const token = await control(target, 'POST', '/sandboxes/default/tokens', { kind: 'user' })
  const log = await control(target, 'GET', '/sandboxes/default/log')
  const snapshot = await control(target, 'GET', '/sandboxes/default/snapshot')
  const openTaskId = await provision('13900000002')
  return {
    taskId,
    openTaskId,
    faultId: fault.json.faultId,
    token: token.json.token,
    log: log.json,
    snapshot: snapshot.json,
  }
}

const saysJson = ({ produces = ['application/json'], answers }: ControlRoute): boolean =>
  produces.includes('application/json') && answers !== 'nothing'

const document = createControlDocument(controlRoutes)

const schemaOf = ({ path, method, status = 200 }: ControlRoute): JsonSchema => {
  const item: JsonSchema = document.paths?.[toTemplate(path)] ?? {}
  return item[method.toLowerCase()].responses[status].content['application/json'].schema
}

/** A schema with the named ones that it refers to, where JSON Schema wants them. */
const standAlone = (schema: JsonSchema): any =>
  JSON.parse(
    JSON.stringify({ ...schema, $defs: document.components?.schemas }).replaceAll('#/components/schemas/', '#/$defs/'),
  )

it.each(controlRoutes.filter(saysJson).map((route) => [`${route.method} ${route.path}`, route] as const))(
  '%s answers exactly what its description says',
  async (_, route) => {
    const target = inProcess()
    const staged = await stage(target)
    for (const call of calls[route.id] ?? withIdsOnly) {
      const { params = {}, query = '', body } = call(staged, target)
      const values: Readonly<Record<string, unknown>> = { id: 'default', ...staged, ...params }
      const path = route.path.replace(/:(\w+)/g, (_all, name: string) => String(values[name])) + query
      const reply = await control(target, route.method, path, body)
      expect([reply.status, reply.text.slice(0, 300)]).toEqual([route.status ?? 200, expect.any(String)])
      const schema = schemaOf(route)
      expect(Object.keys(schema), 'a description').not.toEqual([])
      const verdict = z.fromJSONSchema(standAlone(schema)).safeParse(reply.json)
      expect(verdict.error?.issues ?? [], path).toEqual([])
      expect(undescribed(document, schema, reply.json), path).toEqual([])
    }
  },
)
