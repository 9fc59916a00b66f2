import { describe, expect, it } from 'vitest'
import { createMock } from '../../src/index.ts'

describe('functions of a program', () => {
  const errors: unknown[] = []
  const program = createMock({
    onError: (error) => errors.push(error),
    routes: [
      {
        id: 'sum',
        method: 'POST',
        path: '/sum/{a}',
        answer: ({ request: { path, body }, route }) => ({ body: { a: path['a'], body, call: route.call } }),
      },
      { method: 'GET', path: '/data', answer: { text: 'data' } },
      {
        method: 'GET',
        path: '/{any}',
        answer: async ({ sandbox }) => ({ status: 202, text: `{{function}} ${sandbox.newId}` }),
      },
      {
        method: 'GET',
        path: '/throws/x',
        answer: () => {
          throw new Error('mine')
        },
      },
      { method: 'GET', path: '/wrong/x', answer: () => ({ sttus: 1 }) as never },
    ],
  })
  const ask = async (path: string, init?: RequestInit) => (await program.fetch(`http://mock${path}`, init)).text()

  it('answer behind the routes that are data, as they are', async () => {
    expect(await ask('/sum/7', { method: 'POST', body: '{"x":1}' })).toBe('{"a":"7","body":{"x":1},"call":1}')
    expect(await ask('/data')).toBe('data')
    expect(await ask('/other')).toMatch(/^\{\{function\}\} \d{19}$/)
    expect(program.defaultSandbox.journal.list({ route: 'sum' })).toHaveLength(1)
    expect(program.defaultSandbox.routes.list()).toHaveLength(1)
  })

  it('that fail are told to whoever listens for errors, and answer 500 in the shape of the service', async () => {
    expect(JSON.parse(await ask('/throws/x'))).toMatchObject({ code: 500 })
    expect(JSON.parse(await ask('/wrong/x'))).toMatchObject({ code: 500 })
    expect(errors.map((error) => (error as Error).message)).toEqual([
      'mine',
      expect.stringContaining('there is no field "sttus"'),
    ])
  })

  it('are refused with what is wrong in them', () => {
    const answer = () => ({})
    expect(() => createMock({ routes: [{ method: 'GET', path: 'x', answer }] })).toThrow(
      /\[0\]\.path: it begins with a slash/,
    )
    expect(() => createMock({ routes: [{ method: 'GTE', path: '/x', answer } as never] })).toThrow(/Did you mean "GET"/)
    expect(() => createMock({ routes: [7 as never] })).toThrow(/expected an object/)
  })
})
