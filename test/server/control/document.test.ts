import { expect, it } from 'vitest'
import { run as runCommandLine } from '../../../src/cli/run.ts'
import { controlRoutes } from '../../../src/mock/control-routes.ts'
import { toTemplate } from '../../../src/server/control/document.ts'
import { control } from '../../support/control.ts'
import { describeTargets } from '../../support/targets.ts'

const METHODS = ['get', 'put', 'post', 'delete'] as const

describeTargets('the description of the control plane', (open) => {
  it('has every mounted route, and no other', async () => {
    const { json, headers } = await control(await open(), 'GET', '/control.openapi.json')
    expect(headers.get('content-type')).toContain('application/json')
    const described = Object.entries(json.paths).flatMap(([path, item]) =>
      METHODS.filter((method) => Object.hasOwn(item as object, method)).map(
        (method) => `${method.toUpperCase()} ${path}`,
      ),
    )
    expect(described.sort()).toEqual(controlRoutes.map(({ method, path }) => `${method} ${toTemplate(path)}`).sort())
  })

  it('describes what is there: no described route answers that it does not exist', async () => {
    const target = await open()
    const { json } = await control(target, 'GET', '/control.openapi.json')
    for (const [path, item] of Object.entries<any>(json.paths)) {
      for (const method of METHODS.filter((one) => Object.hasOwn(item as object, one))) {
        if (Object.hasOwn(item[method].responses['200']?.content ?? {}, 'text/event-stream')) continue
        const reply = await control(
          target,
          method.toUpperCase(),
          path.replace(/\{\w+\}/g, 'nothing'),
          method === 'get' ? undefined : {},
        )
        expect(reply.text, `${method} ${path}`).not.toContain('The routes are listed in')
      }
    }
  })

  it('names the parameters, the body, the answers and the security of each operation', async () => {
    const { json } = await control(await open(), 'GET', '/control.openapi.json')
    expect(json.security).toEqual([{ controlToken: [] }, {}])
    const ids = new Set<string>()
    for (const [path, item] of Object.entries<any>(json.paths)) {
      for (const operation of Object.values<any>(item)) {
        ids.add(operation.operationId)
        const names = (operation.parameters ?? []).filter((one: any) => one.in === 'path').map(({ name }: any) => name)
        expect(names).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
        expect(operation.responses['403'].content).toHaveProperty(['application/problem+json'])
        expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true)
      }
    }
    expect(ids.size).toBe(controlRoutes.length)
    const verify = json.paths['/sandboxes/{id}/requests/verify'].post
    expect(verify.requestBody.content['application/json'].schema.properties).toHaveProperty('where')
    expect(verify.responses['200'].content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/VerificationResult',
    })
  })

  it('is named by a route that is not there', async () => {
    const reply = await control(await open(), 'GET', '/nowhere')
    expect(reply.status).toBe(404)
    expect(reply.json.detail).toContain('GET /__admin/control.openapi.json')
  })
})

it('is printed by the command line, as the server answers it', async () => {
  let printed = ''
  const streams = { out: (text: string) => (printed += text), err: (text: string) => expect.fail(text) }
  expect(await runCommandLine(['openapi', '--control'], streams as never)).toBe(0)
  expect(JSON.parse(printed).info.title).toContain('Control plane')
})
