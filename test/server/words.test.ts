import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { position } from '../../src/server/validation/json.ts'
import { paths, type Reply } from '../support/client.ts'
import { overHttp, type Target } from '../support/targets.ts'

let target: Target
beforeAll(async () => {
  target = await overHttp()
})
afterAll(() => target.mock.close())

const told = ({ headers }: Reply): string => headers.get('x-mock-diagnosis') ?? ''
const control = async (method: string, path: string, body?: string, headers: Record<string, string> = {}) => {
  const reply = await target.client.send(method, `/__admin${path}`, {
    ...(body !== undefined && { body }),
    headers: { 'Content-Type': 'application/json', ...headers },
  })
  return reply
}

describe('a refusal says what came and what was expected, in words', () => {
  it.each([
    [`${paths.users}?offset=0&limit=1000`, 'limit: expected digits, 1 to 100, got "1000".'],
    [`${paths.users}?limit=1`, 'offset is missing: expected a string.'],
    [
      `${paths.users}?Offset=0&limit=1`,
      'offset is missing: expected a string. Offset is not documented; did you mean offset?',
    ],
    [paths.users, 'offset, limit are missing: expected a value for each.'],
    [`${paths.users}?offset=-1&limit=1`, 'offset: expected digits, 0 or above, got "-1".'],
  ])('%s', async (path, detail) => {
    const reply = await target.client.get(path)
    expect(reply.status).toBe(400)
    expect(told(reply)).toContain(detail)
  })

  it('never repeats a password', async () => {
    const body = JSON.stringify({ userList: [{ firstname: 'Ann', phone: '1390', password: 7 }] })
    expect(told(await target.client.signed('POST', paths.create, { body }))).not.toMatch(/hunter/)
    const secret = JSON.stringify({ userList: 'hunter2', password: 'hunter2' })
    expect(told(await target.client.signed('POST', paths.create, { body: secret }))).toContain('userList')
  })
})

describe('JSON that breaks is told by its line and column', () => {
  it.each([
    ['{"a":1,}', 'a comma before the closing bracket at line 1, column 8'],
    ['{\n  "a": [1,\n  ]\n}', 'a comma before the closing bracket at line 3, column 3'],
    ['{"a" 1}', 'something unexpected at line 1, column 6'],
    ["{'a':1}", 'a single quote where JSON has double quotes at line 1, column 2'],
    ['{"a":True}', 'a word without double quotes at line 1, column 6'],
    ['{\n  // users\n  "a":1}', 'a comment, which JSON does not have, at line 2, column 3'],
    ['{"a":1', 'it ends too early, at line 1, column 7'],
    ['{"a":1}\n}', 'something unexpected at line 2, column 1'],
    ['{a:1}', 'a word without double quotes at line 1, column 2'],
    ['[01]', 'something unexpected at line 1, column 3'],
    ['{"a":"b\n"}', 'something unexpected, or a string that has a line end in it or does not end, at line 1, column 6'],
    ['{"a":[}', 'something unexpected at line 1, column 7'],
  ])('%j: %s', (text, detail) => {
    expect(() => JSON.parse(text)).toThrow()
    expect(position(text)).toBe(detail)
  })

  it.each([paths.create, paths.preverify])('on %s', async (path) => {
    const body = '{\n  "userList": [\n    {"firstname": "Ann", "phone": "1390"},\n  ]\n}'
    const send = path === paths.create ? target.client.signed : target.client.send
    const { tokens } = target.mock.credentials
    const headers: Record<string, string> = path === paths.create ? {} : { Authorization: `Bearer ${tokens.admin}` }
    expect(told(await send('POST', path, { body, headers }))).toContain(
      'a comma before the closing bracket at line 4, column 3',
    )
  })

  it('of the control plane too', async () => {
    const { json } = await control('POST', '/sandboxes', '{"users": 3,}')
    expect(json.detail).toContain('a comma before the closing bracket at line 1, column 13')
  })
})

describe('a name that no page lists', () => {
  it.each([
    ['department_id=1', 'department_id is not documented; did you mean deptId?'],
    ['page=2', 'page is not documented; did you mean offset?'],
    ['Keyword=a', 'Keyword is not documented; did you mean keyWord?'],
    ['zzzzzzzz=1', 'zzzzzzzz is not documented.'],
  ])('in the query is told in the debug header of a call that goes through: %s', async (more, hint) => {
    const reply = await target.client.get(`${paths.users}?offset=0&limit=1&${more}`)
    expect(reply.status).toBe(200)
    expect(told(reply)).toBe(hint)
    expect(told(await target.client.get(`${paths.users}?offset=0&limit=1&${more}`))).toBe(hint)
  })

  it.each([
    ['{"userlist":[{"firstname":"Ann","phone":"1390"}]}', 'userlist is not documented; did you mean userList?'],
    [
      '{"userList":[{"firstName":"Ann","phone":"1390"}]}',
      'userList[0].firstName is not documented; did you mean firstname?',
    ],
  ])('in the body is told beside what is missing: %s', async (body, hint) => {
    const reply = await target.client.signed('POST', paths.create, { body })
    expect(reply.status).toBe(400)
    expect(told(reply)).toContain(hint)
  })

  it('in the body of a call that goes through is told in the debug header', async () => {
    const body = '{"userList":[{"firstname":"Ann","phone":"13900000077","lastName":"Lee"}]}'
    const reply = await target.client.signed('POST', paths.create, { body })
    expect(reply.status).toBe(200)
    expect(told(reply)).toBe('userList[0].lastName is not documented; did you mean surname?')
  })

  it.each([
    ['/userlist', `GET ${paths.users}`],
    ['/koodrive/ose/v1/userlist', `GET ${paths.users}`],
    ['/v1/space/userList', `GET ${paths.spaces}`],
    ['/koodrive/ose/v1/user/batchRegister/creat', `POST ${paths.create}`],
  ])('as a path: %s', async (path, meant) => {
    const reply = await target.client.get(path)
    expect(reply.status).toBe(404)
    expect(told(reply)).toContain(`Did you mean ${meant}?`)
  })

  it('is a finding of the report card', async () => {
    const { json } = await control('GET', '/sandboxes/default/report-card')
    expect(JSON.stringify(json)).toContain('unknown-names')
    expect(JSON.stringify(json)).toContain('department_id is not documented; did you mean deptId?')
  })
})

describe('the control plane', () => {
  it('says which object it expects', async () => {
    const { json } = await control('POST', '/sandboxes/default/faults', '{"kind":"latency","delay":500}')
    expect(json.detail).toMatch(/delay: expected an object with \w+/)
  })

  it('tells a form what to add to curl', async () => {
    const reply = await control('POST', '/sandboxes', '{}', { 'Content-Type': 'application/x-www-form-urlencoded' })
    expect(reply.status).toBe(415)
    expect(reply.json.detail).toContain("-H 'Content-Type: application/json'")
  })

  it.each(['complete', 'fail'])('brings a task to its end however often it is asked to: %s', async (how) => {
    const body = JSON.stringify({ userList: [{ firstname: 'Ann', phone: how === 'fail' ? '1391' : '1392' }] })
    const { json } = await target.client.signed('POST', paths.create, { body })
    const end = () => control('POST', `/sandboxes/default/tasks/${json.data}/${how}`)
    const first = await end()
    expect(first.status).toBe(200)
    expect(await end()).toMatchObject({ status: 200, json: first.json })
    const other = how === 'fail' ? 'complete' : 'fail'
    expect((await control('POST', `/sandboxes/default/tasks/${json.data}/${other}`)).status).toBe(409)
  })
})

describe('the bare address of the server', () => {
  it.each(['/', '/__admin', '/__admin/'])('%s tells a program what this is, with 200, HEAD too', async (path) => {
    const reply = await target.client.send('GET', path)
    expect(reply).toMatchObject({ status: 200, json: { name: 'koodrive-mock', console: '/__admin/console' } })
    for (const link of ['console', 'docs', 'openapi', 'control', 'health']) {
      expect((await target.client.send('GET', reply.json[link])).status, link).toBe(200)
    }
    expect(await target.client.send('HEAD', path)).toMatchObject({ status: 200, text: '' })
  })

  it('leads a browser to the console', async () => {
    const { baseUrl } = target
    const response = await fetch(`${baseUrl}/`, { headers: { Accept: 'text/html,*/*' }, redirect: 'manual' })
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toBe('/__admin/console')
  })

  it('stays out of the journal', async () => {
    const { json } = await control('GET', '/sandboxes/default/requests')
    expect(json.requests.map((request: { target: string }) => request.target)).not.toContain('/')
  })
})
