import { connect } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { FinishedExchange } from '../../src/index.ts'
import { operations } from '../../src/spec/operations.ts'
import { paths } from '../support/client.ts'
import { describeTargets, overHttp, type Target } from '../support/targets.ts'

const parameterError = { code: 13000102, msg: 'Verify parameters failed.' }
const opened: Target[] = []
const open = async (): Promise<Target> => {
  const target = await overHttp()
  opened.push(target)
  return target
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ mock }) => mock.close()))
})

/** Sends raw bytes and gives everything that comes back until the server ends the connection or falls silent. */
function raw(target: Target, bytes: string | Buffer, half = false): Promise<string> {
  const { hostname, port } = new URL(target.baseUrl)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
      if (text.includes('}')) socket.end()
    })
    socket.on('close', () => resolve(text))
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? resolve(text) : reject(error)))
    socket.write(bytes, () => half && socket.destroy())
  })
}

describe('bytes that are no proper request', () => {
  it.each([
    ['garbage', 'hello there\r\n\r\n', 400],
    ['a header line without a colon', 'GET / HTTP/1.1\r\nnonsense\r\n\r\n', 400],
    ['a bad content length', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n', 400],
    ['huge headers', `GET / HTTP/1.1\r\nHost: x\r\nX-Big: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
    ['a target that is no path', 'GET nowhere HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['a target with two slashes', 'GET // HTTP/1.1\r\nHost: x\r\n\r\n', 404],
    ['a path that is wrongly encoded', 'GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n', 404],
    ['a Host that is none', 'GET /nothing HTTP/1.1\r\nHost: a b:c\r\n\r\n', 404],
    ['CONNECT', 'CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n', 405],
  ])('%s gets an answer in the shape of the service', async (_, bytes, status) => {
    const target = await open()
    const answer = await raw(target, bytes)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toEqual({ code: status, msg: expect.any(String) })
    expect((await target.client.get(`${paths.users}?offset=0&limit=1`)).status).toBe(200)
  })

  it.each([
    ['a target with Chinese', 'GET', 'GET /koodrive/ose/v1/userList?keyWord=部 HTTP/1.1', 400, /Percent-encode/],
    ['a target with a space', 'GET', 'GET /koodrive/ose/v1/userList?keyWord=a b HTTP/1.1', 400, /%20/],
    [
      'headers beyond the limit',
      'GET',
      `GET ${paths.users} HTTP/1.1\r\nX-Big: ${'a'.repeat(40_000)}`,
      431,
      /16384 bytes/,
    ],
    [
      'an Expect of its own',
      'POST',
      `POST ${paths.preverify} HTTP/1.1\r\nExpect: a-miracle`,
      417,
      /a-miracle.*100-continue/,
    ],
    ['a request line that is none', '-', 'hello', 400, /no HTTP\/1\.1 request/],
    ['a tunnel', 'CONNECT', 'CONNECT example.org:443 HTTP/1.1', 405, /tunnel/],
  ])('%s is answered, explained, logged and kept in the journal', async (_, method, lines, status, why) => {
    const logged: FinishedExchange[] = []
    const target = await overHttp({ onExchange: (exchange) => logged.push(exchange) })
    const [line, ...headers] = lines.split('\r\n')
    const authorization = `Authorization: Bearer ${target.mock.credentials.tokens.admin}`
    const answer = await raw(target, `${[line, 'Host: x', authorization, ...headers].join('\r\n')}\r\n\r\n`)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toEqual({ code: status, msg: expect.any(String) })
    expect(/X-Mock-Diagnosis: (.*)/.exec(answer)?.[1]).toMatch(why)
    expect(logged).toEqual([expect.objectContaining({ method, status, diagnosis: expect.stringMatching(why) })])
    const [entry] = target.mock.defaultSandbox.journal.list()
    expect(entry).toMatchObject({ method, status, diagnosis: expect.stringMatching(why) })
    expect(entry?.response.body).toContain(`"code":${status}`)
    expect(JSON.stringify(entry)).not.toContain(target.mock.credentials.tokens.admin)
    await target.mock.close()
  })

  it('a client that hangs up in the middle of a body disturbs nobody and leaves no trace on the terminal', async () => {
    const target = await open()
    const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const head = `POST ${paths.preverify} HTTP/1.1\r\nHost: x\r\nAuthorization: mock-admin-token\r\nContent-Length: 1000\r\n\r\n{"cur`
    await raw(target, head, true)
    expect((await target.client.get(`${paths.users}?offset=0&limit=1`)).status).toBe(200)
    expect(complaints).not.toHaveBeenCalled()
  })

  it('a request without a Host header is served: HTTP/1.0 clients exist', async () => {
    const target = await open()
    const answer = await raw(
      target,
      `GET ${paths.users}?offset=0&limit=1 HTTP/1.0\r\nAuthorization: mock-admin-token\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1.1 200 /)
  })

  it('a repeated Authorization header is refused and named', async () => {
    const target = await open()
    const twice = 'Authorization: mock-admin-token\r\n'.repeat(2)
    const answer = await raw(target, `GET ${paths.users}?offset=0&limit=1 HTTP/1.1\r\nHost: x\r\n${twice}\r\n`)
    expect(answer).toMatch(/^HTTP\/1.1 401 /)
    expect(answer).toMatch(/X-Mock-Diagnosis: .*more than once/)
  })
})

describeTargets('paths and methods', (start) => {
  it('answers 404 in the shape of the service on an unknown path', async () => {
    const { client } = await start()
    for (const path of ['/koodrive/ose/v1/nothing', '/koodrive/ose/v1/userListing?offset=0']) {
      const reply = await client.get(path)
      expect(reply.status).toBe(404)
      expect(reply.json).toEqual({ code: 404, msg: 'Not Found' })
    }
  })

  const methods = new Map<string, string[]>()
  for (const { method, path } of operations) methods.set(path, [...(methods.get(path) ?? []), method])

  it.each([...methods])('answers 405 with Allow on every method that %s does not take', async (path, taken) => {
    const { client } = await start()
    const all = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
    for (const other of all.filter((name) => !taken.includes(name))) {
      const reply = await client.send(other, path.replace(/\{\w+\}/, '1'))
      expect(reply.status).toBe(405)
      expect(reply.headers.get('Allow')).toBe(taken.join(', '))
      expect(reply.json).toEqual({ code: 405, msg: 'Method Not Allowed' })
    }
  })
})

describeTargets('bodies that are no proper JSON', (start) => {
  const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`
  it.each([
    ['empty', ''],
    ['blank', '  '],
    ['truncated', '{"userList": [{"firstname": "a"'],
    ['a list', '[]'],
    ['a number', '5'],
    ['null', 'null'],
    ['a string', '"userList"'],
    ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
    ['nested too deeply', deep],
    ['nested too deeply beside a long number', `{"n": 12345678901234567890, "d": ${deep}}`],
    ['a list nested too deeply', '['.repeat(100_000)],
  ])('%s is refused with a reason', async (_, body) => {
    const { client } = await start()
    const signed = await client.signed('POST', paths.create, { body })
    const token = await client.send('POST', paths.preverify, { body, headers: { Authorization: 'mock-admin-token' } })
    for (const reply of [signed, token]) {
      expect(reply.status).toBe(400)
      expect(reply.json).toEqual(parameterError)
      expect(reply.headers.get('X-Mock-Diagnosis')).toMatch(/body/i)
    }
  })

  it('over 12 MB are refused with 413, announced or not', async () => {
    const { client } = await start()
    const body = `{"userList": [], "x": "${'a'.repeat(12 * 1024 * 1024)}"}`
    const reply = await client.send('POST', paths.preverify, { body, headers: { Authorization: 'mock-admin-token' } })
    expect(reply.status).toBe(413)
    expect(reply.json).toMatchObject({ code: 413 })
  })

  it('over 12 MB on an unknown path are no more than an unknown path', async () => {
    const { client } = await start()
    const reply = await client.send('POST', '/nowhere', { body: 'a'.repeat(13 * 1024 * 1024) })
    expect([reply.status, reply.json.code]).toEqual([404, 404])
  })

  it('keys named __proto__ and constructor change nothing', async () => {
    const { client } = await start()
    const body = '{"__proto__": {"users": []}, "constructor": 1, "curDeptId": 1575416580416769793}'
    const reply = await client.send('POST', paths.preverify, { body, headers: { Authorization: 'mock-admin-token' } })
    expect(reply.json).toEqual(parameterError)
    expect('users' in {}).toBe(false)
  })
})

describeTargets('fields of a batch', (start) => {
  const row = { firstname: 'a', phone: '13900000001' }
  it.each([
    ['no list', {}],
    ['a list that is none', { userList: row }],
    ['an empty list', { userList: [] }],
    ['1,001 users', { userList: Array(1001).fill(row) }],
    ['a row that is no object', { userList: ['a'] }],
    ['no firstname', { userList: [{ phone: '1' }] }],
    ['an empty firstname', { userList: [{ ...row, firstname: '' }] }],
    ['no phone', { userList: [{ firstname: 'a' }] }],
    ['an empty phone', { userList: [{ ...row, phone: '' }] }],
    ['a phone that is a number', { userList: [row, { ...row, phone: 13900000001 }] }],
    ['an e-mail that is a list', { userList: [{ ...row, email: [] }] }],
    ['a password that is null', { userList: [{ ...row, password: null }] }],
  ])('%s: nothing is created', async (_, body) => {
    const { client, mock } = await start()
    const before = mock.world.get('default')?.read().tasks.size
    const reply = await client.signed('POST', paths.create, { body: JSON.stringify(body) })
    expect(reply.status).toBe(400)
    expect(reply.json).toEqual(parameterError)
    expect(reply.headers.get('X-Mock-Diagnosis')).toMatch(/userList.*expected/)
    expect(mock.world.get('default')?.read().tasks.size).toBe(before)
  })

  it('1,000 users pass', async () => {
    const { client } = await start()
    const userList = Array.from({ length: 1000 }, (_, i) => ({ firstname: 'a', phone: String(13_900_000_000 + i) }))
    expect((await client.signed('POST', paths.create, { body: JSON.stringify({ userList }) })).status).toBe(200)
  })
})

describeTargets('parameters of a query string', (start) => {
  const bad = ['', 'x', '-1', '1.5', '1e2', '0x10', '%201', '1%20', '１', 'NaN', '%00']
  it.each([
    ['limit', [...bad, '0', '101', '1000000'], (value: string) => `${paths.users}?offset=0&limit=${value}`],
    ['offset', bad, (value: string) => `${paths.users}?offset=${value}&limit=1`],
    ['limit of spaces', [...bad, '0', '101'], (value: string) => `${paths.spaces}?offset=0&limit=${value}`],
    ['isDirect', ['yes', '1', 'TRUE'], (value: string) => `${paths.users}?offset=0&limit=1&isDirect=${value}`],
    ['spaceStatus', ['2', 'x'], (value: string) => `${paths.spaces}?offset=0&limit=1&spaceStatus=${value}`],
  ])('%s: each bad value is refused and the parameter named', async (name, values, toPath) => {
    const { client } = await start()
    for (const value of values) {
      const reply = await client.get(toPath(value))
      expect([value, reply.status, reply.json]).toEqual([value, 400, parameterError])
      expect(reply.headers.get('X-Mock-Diagnosis')).toContain(name.split(' ')[0])
    }
  })

  it.each([
    ['pageSize', ['0', '1001', '-1', '1.5', '1e2', 'x']],
    ['cursor', ['x', '-1', '1.5', '99', '00']],
  ])('%s of a task: each bad value is refused and the parameter named', async (name, values) => {
    const { client } = await start()
    for (const value of values) {
      const reply = await client.signed('GET', `${paths.query}?taskId=1882735962480556672&${name}=${value}`)
      expect([value, reply.status, reply.json]).toEqual([value, 400, parameterError])
      expect(reply.headers.get('X-Mock-Diagnosis')).toContain(name)
    }
  })

  it.each(['offset', 'limit'])('%s is mandatory in both lists', async (name) => {
    const { client } = await start()
    for (const path of [paths.users, paths.spaces]) {
      const reply = await client.get(`${path}?${name === 'offset' ? 'limit=1' : 'offset=0'}`)
      expect(reply.json).toEqual(parameterError)
      expect(reply.headers.get('X-Mock-Diagnosis')).toContain(name)
    }
  })

  it('a parameter given twice and a broken percent sign are refused; an unknown parameter is not', async () => {
    const { client } = await start()
    expect((await client.get(`${paths.users}?offset=0&limit=1&limit=2`)).status).toBe(400)
    expect((await client.get(`${paths.users}?offset=0&limit=1&keyWord=%zz`)).status).toBe(400)
    expect((await client.get(`${paths.users}?offset=0&limit=1&keyWord=%ff`)).status).toBe(400)
    expect((await client.get(`${paths.users}?offset=0&limit=1&unknown=1`)).status).toBe(200)
  })

  it('an offset far beyond the end gives an empty page with the total', async () => {
    const { client } = await start()
    const reply = await client.get(`${paths.users}?offset=${'9'.repeat(40)}&limit=1`)
    expect(reply.json).toMatchObject({ list: [], total: 200 })
  })
})

describeTargets('X-Traceid', (start) => {
  it('is echoed with 58 characters and refused with any other number', async () => {
    const { client } = await start()
    const ask = (traceId: string) =>
      client.get(`${paths.users}?offset=0&limit=1`, { headers: { 'X-Traceid': traceId } })
    const traceId = 'a1'.repeat(29)
    expect((await ask(traceId)).headers.get('X-Traceid')).toBe(traceId)
    for (const wrong of [traceId.slice(1), `${traceId}x`, traceId.replace('1', ' '), traceId.replace('1', '\u00e9')]) {
      const reply = await ask(wrong)
      expect(reply.status).toBe(400)
      expect(reply.headers.get('X-Mock-Diagnosis')).toContain('X-Traceid')
    }
  })
})
