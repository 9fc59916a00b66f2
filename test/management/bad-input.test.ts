import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { management, newUser } from '../support/management.ts'
import { inProcess } from '../support/targets.ts'
import { all, bodies, expectClear, pathOf, queries, rightOf, VALUES } from './wrong-input.ts'

describe('every field of a body, made wrong', () => {
  const withBody = all.filter(({ body }) => body !== undefined)
  it.each(withBody.map((operation) => [operation.operationId, operation] as const))('%s', async (id, operation) => {
    const target = inProcess()
    const right = await rightOf(target)
    const body = bodies[id]?.(right) ?? {}
    const names = Object.keys(operation.body?.shape ?? {})
    for (const name of names) {
      for (const [what, value] of Object.entries(VALUES)) {
        const others = Object.entries(body).filter(([other]) => other !== name)
        const text = `{${[...others.map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`), `${JSON.stringify(name)}:${value}`].join(',')}}`
        // Deleting by a transfer must never follow from a wrong value.
        await expectClear(target, operation.method, pathOf(operation, right), text).catch((error: Error) => {
          throw new Error(`${name} is ${what}: ${error.message}`)
        })
      }
    }
  })

  it.each(
    withBody.flatMap((operation) =>
      Object.entries(operation.body?.shape ?? {})
        .filter(([, schema]) => !(schema as z.ZodType).safeParse(undefined).success)
        .map(([name]) => [operation.operationId, name, operation] as const),
    ),
  )('%s without %s is refused', async (id, name, operation) => {
    const target = inProcess()
    const right = await rightOf(target)
    const { [name]: _left, ...body } = bodies[id]?.(right) ?? {}
    const reply = await expectClear(target, operation.method, pathOf(operation, right), JSON.stringify(body))
    expect([reply.status, reply.json.code]).toEqual([400, 13000102])
    expect(reply.headers.get('x-mock-diagnosis')).toContain(name)
  })

  it.each(withBody.map((operation) => [operation.operationId, operation] as const))(
    '%s with a body that is no object is refused',
    async (_, operation) => {
      const target = inProcess()
      const right = await rightOf(target)
      for (const body of ['', 'null', '[]', '"x"', '7', '{', '{"a":1}}', '{"name":"\\x"}']) {
        const reply = await expectClear(target, operation.method, pathOf(operation, right), body)
        expect([body, reply.json.code]).toEqual([body, 13000102])
      }
    },
  )
})

describe('every id of a path, made wrong', () => {
  const withId = all.filter(({ params }) => params !== undefined)
  it.each(withId.map((operation) => [operation.operationId, operation] as const))('%s', async (id, operation) => {
    const target = inProcess()
    const right = await rightOf(target)
    const foreign = management({ ...target, mock: target.mock }, '')
    expect(foreign.authorization).toBe('')
    const other = inProcess({ seed: 7 })
    const elsewhere = await newUser(management(other))
    const query = new URLSearchParams(queries[id]).toString()
    const body = bodies[id] && JSON.stringify(bodies[id]?.(right))
    for (const wrong of [
      ...['0', '-1', '1', 'abc', '1.5', '1e3', '%00', '%20', '%2e%2e', '%F0%9F%98%80', '__proto__', 'constructor'],
      ...['9007199254740993', '9223372036854775807', '9223372036854775808', '99999999999999999999999', elsewhere],
    ]) {
      const path = `${pathOf(operation, right, wrong)}${query === '' ? '' : `?${query}`}`
      const reply = await expectClear(target, operation.method, path, body)
      expect([wrong, reply.status]).toEqual([wrong, expect.not.stringMatching(/^200$/)])
      expect([wrong, reply.status === 200]).toEqual([wrong, false])
    }
  })
})

describe('every parameter of a query, made wrong', () => {
  const withQuery = all.filter(({ query }) => query !== undefined)
  it.each(withQuery.map((operation) => [operation.operationId, operation] as const))('%s', async (id, operation) => {
    const target = inProcess()
    const right = await rightOf(target)
    for (const name of Object.keys(operation.query?.shape ?? {})) {
      for (const value of ['', ' ', 'abc', '-1', '0', '101', '1.5', '9007199254740993', '%', 'x'.repeat(5000), '[]']) {
        const query = new URLSearchParams({ ...queries[id], [name]: value }).toString()
        await expectClear(target, operation.method, `${pathOf(operation, right)}?${query}`)
      }
      const twice = new URLSearchParams([...Object.entries(queries[id] ?? {}), [name, '1'], [name, '1']]).toString()
      await expectClear(target, operation.method, `${pathOf(operation, right)}?${twice}`)
    }
    const required = Object.keys(queries[id] ?? {})
    for (const name of required) {
      const { [name]: _left, ...others } = queries[id] as Record<string, string>
      const path = `${pathOf(operation, right)}?${new URLSearchParams(others)}`
      expect((await expectClear(target, operation.method, path)).json.code).toBe(13000102)
    }
  })
})
