import { describe, expect, it } from 'vitest'
import { createReplay } from '../../src/proxy/replay.ts'

const base = '/koodrive/ose/v1'
const entry = (method: string, target: string, body: string, answer: object, status = 200) => ({
  request: { method, url: `https://service.example${target}`, ...(body !== '' && { postData: { text: body } }) },
  response: {
    status,
    headers: [{ name: 'Content-Type', value: 'application/json' }],
    content: { text: JSON.stringify(answer) },
  },
})
const har = (...entries: object[]) => JSON.stringify({ log: { entries } })
const users = (...names: string[]) => ({
  code: 0,
  msg: 'success',
  list: names.map((name) => ({ name })),
  total: names.length,
})
const poll = (status: string) => ({ code: 0, data: { taskInfo: { status } } })

const recorded = har(
  entry('GET', `${base}/userList?limit=10&offset=0`, '', users('A')),
  entry('GET', `${base}/userList?limit=10&offset=10&keyWord=Name%201`, '', users('B')),
  entry('GET', `${base}/user/batchRegister/get?taskId=1`, '', poll('0')),
  entry('GET', `${base}/user/batchRegister/get?taskId=1`, '', poll('1')),
  entry('GET', `${base}/user/batchRegister/get?taskId=1`, '', poll('2')),
  entry('POST', `${base}/user/batchRegister/create`, '{"userList":[{"firstname":"Name 1","phone":"139"}]}', {
    data: '1',
    code: 0,
  }),
  entry('GET', 'https://other.example/', '', {}),
)

async function ask(method: string, target: string, body?: string, replay = createReplay(recorded)) {
  const init = body === undefined ? { method } : { method, body }
  const response = await replay.fetch(new Request(`http://replay${target}`, init))
  return {
    status: response.status,
    json: await response.json(),
    diagnosis: response.headers.get('x-mock-diagnosis') ?? '',
  }
}

describe('a replay', () => {
  it('answers whatever the order of parameters and fields', async () => {
    expect((await ask('GET', `${base}/userList?offset=0&limit=10`)).json).toEqual(users('A'))
    const body = '{ "userList": [ {"phone": "139", "firstname": "Name 1"} ] }'
    expect((await ask('POST', `${base}/user/batchRegister/create`, body)).json).toEqual({ data: '1', code: 0 })
  })

  it('gives the n-th answer to the n-th request that is the same; the last one stays', async () => {
    const replay = createReplay(recorded)
    const seen: unknown[] = []
    for (let times = 0; times < 5; times += 1) {
      seen.push((await ask('GET', `${base}/user/batchRegister/get?taskId=1`, undefined, replay)).json)
    }
    expect(seen).toEqual(['0', '1', '2', '2', '2'].map(poll))
  })

  it('answers for other people when all else is the same, and says so', async () => {
    const { json, diagnosis } = await ask('GET', `${base}/userList?offset=10&limit=10&keyWord=Zhang`)
    expect(json).toEqual(users('B'))
    expect(diagnosis).toMatch(/other people/)
  })

  it.each([
    [
      'another page',
      'GET',
      `${base}/userList?offset=20&limit=10`,
      undefined,
      /nearest recorded listUsers differs in offset \(recorded 0\)/,
    ],
    ['another task', 'GET', `${base}/user/batchRegister/get?taskId=2`, undefined, /differs in taskId \(recorded 1\)/],
    [
      'a further parameter',
      'GET',
      `${base}/userList?offset=0&limit=10&deptId=7`,
      undefined,
      /deptId \(recorded without it\)/,
    ],
    [
      'another number of users',
      'POST',
      `${base}/user/batchRegister/create`,
      '{"userList":[{"firstname":"A","phone":"138"},{"firstname":"B","phone":"137"}]}',
      /userList\.length \(recorded 1\)/,
    ],
    [
      'an operation that was not recorded',
      'GET',
      `${base}/space/userList?offset=0&limit=1`,
      undefined,
      /no recorded listUserSpaces; recorded are listUsers/,
    ],
    ['a path that is none', 'GET', '/nowhere', undefined, /No operation is GET \/nowhere/],
  ])('refuses %s in the shape of the service, and names the nearest', async (_, method, target, body, diagnosis) => {
    const reply = await ask(method, target, body)
    expect([reply.status, reply.json]).toEqual([404, { code: 404, msg: 'Not Found' }])
    expect(reply.diagnosis).toMatch(diagnosis)
    expect(reply.diagnosis).not.toMatch(/138|137/)
  })

  it.each([
    ['no JSON', 'x', /not an HTTP archive/],
    ['another JSON', '{"log": {}}', /log\.entries is missing/],
    ['an entry without a response', har({ request: { method: 'GET', url: 'http://a/' } }), /log\.entries\[0\]/],
    ['calls of other APIs only', har(entry('GET', '/other', '', {})), /no call of the KooDrive API/],
  ])('is not made of %s', (_, text, reason) => {
    expect(() => createReplay(text)).toThrow(reason)
  })
})
