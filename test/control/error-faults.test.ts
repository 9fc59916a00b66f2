import { afterAll, describe, expect, it } from 'vitest'
import { createMock } from '../../src/index.ts'
import { type ErrorName, errorEntry, errors } from '../../src/spec/errors.ts'

const names = Object.keys(errors) as ErrorName[]
const mock = createMock()
afterAll(() => mock.close())
const { url } = await mock.listen({ port: 0 })

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

async function list(language = 'en-US') {
  const response = await fetch(`${url}/koodrive/ose/v1/userList?offset=0&limit=1`, {
    headers: { Authorization: `Bearer ${mock.credentials.tokens.admin}`, language },
  })
  return {
    status: response.status,
    headers: response.headers,
    json: (await response.json()) as { code: unknown; msg: string },
  }
}

const { faults } = mock.defaultSandbox

describe('a fault of the kind error', () => {
  it.each(names.flatMap((name) => [[name, name] as const, [name, errors[name].code] as const]))(
    'answers the row %s of the error table, asked for by %s, as the service answers it',
    async (name, error) => {
      faults.add({ kind: 'error', error, times: 1 })
      const { code, status, message } = errorEntry(name)
      const msg = message['en-US'].replace(/\{\d\}/g, '0')
      expect(await list()).toMatchObject({ status, json: { code, msg } })
      expect((await list()).status).toBe(200)
    },
  )

  it('takes every row that the pages list, about files too', () => {
    const listed = [101, 102, 201, ...range(301, 312), ...range(401, 415), 417, 419].map((row) => 13000000 + row)
    const codes = new Set<number>(names.map((name) => errorEntry(name).code))
    expect([...listed, 40000009].filter((code) => !codes.has(code))).toEqual([])
  })

  it('takes a code as a string, and speaks the language of the caller', async () => {
    faults.add({ kind: 'error', error: '13000311', times: 1 })
    expect((await list('zh-CN')).json).toEqual({ code: 13000311, msg: '空间不足。' })
  })

  it.each([
    [{ status: 418, code: 18000001, msg: 'No tea.' }, 418, { code: 18000001, msg: 'No tea.' }],
    [{ status: 200, code: 'A-1', msg: '' }, 200, { code: 'A-1', msg: '' }],
    [{ status: 409 }, 409, { code: 409, msg: 'Conflict' }],
    [{ status: 404, msg: 'Gone fishing' }, 404, { code: 404, msg: 'Gone fishing' }],
    [{ status: 503 }, 503, { code: 503, msg: 'Service Unavailable' }],
  ] as const)('answers %j as it says', async (own, status, json) => {
    faults.add({ kind: 'error', ...own, times: 1, retryAfterSeconds: 3 })
    const answer = await list()
    expect(answer).toMatchObject({ status, json })
    expect(answer.headers.get('Retry-After')).toBe('3')
    expect(answer.headers.get('X-Mock-Rule')).toBe('listUsers.fault.error; inferred'.replace('listUsers', 'list-users'))
    const [entry] = mock.defaultSandbox.journal.list({ limit: 1 })
    expect(entry).toMatchObject({ status, error: status === 503 ? 'serviceUnavailable' : null })
  })

  it('writes a number of its own as the reading code-type says', async () => {
    mock.defaultSandbox.readings.set({ 'code-type': 'string' })
    faults.add({ kind: 'error', status: 400, code: 18000001, msg: 'x', times: 1 })
    expect((await list()).json.code).toBe('18000001')
    mock.defaultSandbox.readings.set({})
  })

  it('strikes the nth call of one operation, after it was carried out', async () => {
    const { faultId } = faults.add({
      kind: 'error',
      error: 'spaceNotFound',
      operation: 'listUsers',
      nth: 2,
      strikes: 'after',
    })
    expect([(await list()).json.code, (await list()).json.code, (await list()).json.code]).toEqual([0, 13000301, 0])
    faults.remove(faultId)
  })

  it('tells the rest of an outage that is named by its row', async () => {
    mock.defaultSandbox.clock.set({ frozen: true })
    faults.add({ kind: 'error', error: 'serviceUnavailable', forSeconds: 30 })
    expect((await list()).headers.get('Retry-After')).toBe('30')
    faults.clear()
  })
})

describe('a row of a batch', () => {
  it.each([
    ['resourceNotFound', '13000309', 'Resource not found.'],
    [13000311, '13000311', 'Insufficient space.'],
    ['40000009', '40000009', 'The user already exists.'],
    [{ code: 18000001, msg: 'The phone is on leave.' }, '18000001', 'The phone is on leave.'],
  ] as const)('fails with the error %j of a rule', async (error, code, reason) => {
    const sandbox = mock.sandbox({ scenario: { batch: { rules: [{ rows: { every: 2 }, outcome: 'fail', error }] } } })
    const { createClient } = await import('../../src/client/index.ts')
    const client = createClient({ baseUrl: url, ...sandbox.credentials, accessToken: sandbox.credentials.tokens.admin })
    const phones = ['13800000001', '13800000002']
    const taskId = await client.createBatchProvisioningTask(phones.map((phone) => ({ firstname: 'A', phone })))
    sandbox.tasks.complete(taskId)
    const { rows } = await client.queryBatchProvisioning({ taskId })
    expect(rows.map((row) => [row.code, row.reason])).toEqual([
      [undefined, undefined],
      [code, reason],
    ])
    expect(sandbox.tasks.get(taskId).rows[1]).toMatchObject({ outcome: 'failed', code })
  })

  it('keeps its own error in an exported log', () => {
    const error = { code: 18000001, msg: 'x' }
    const sandbox = mock.sandbox({ scenario: { batch: { rules: [{ rows: {}, outcome: 'fail', error }] } } })
    const log = JSON.parse(JSON.stringify(sandbox.log.export()))
    sandbox.log.replay(log)
    expect(sandbox.scenario.read().batch?.rules?.[0]?.error).toEqual(error)
  })
})
