import { afterAll, describe, expect, it } from 'vitest'
import { createMock, type Route } from '../../src/index.ts'

const mock = createMock({ now: '2026-04-16T08:00:00Z' })
afterAll(() => mock.close())
const { url } = await mock.listen({ port: 0 })

type Init = RequestInit & { readonly token?: string }

async function call(target: string, { token, ...init }: Init = {}) {
  const response = await fetch(url + target, {
    ...init,
    headers: { ...(token !== undefined && { Authorization: `Bearer ${token}` }), ...init.headers },
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: toJson(text) }
}

function toJson(text: string) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A sandbox with routes; calls with its token belong to it. */
function served(routes: readonly Route[]) {
  const sandbox = mock.sandbox({ routes })
  const token = sandbox.credentials.tokens.admin
  return { sandbox, ask: (target: string, init: Init = {}) => call(target, { token, ...init }) }
}

const post = (body: unknown): Init => ({ method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) })

describe('a route', () => {
  it('answers a path that no operation has, with placeholders of request, sandbox and route filled', async () => {
    const { sandbox, ask } = served([
      {
        method: 'POST',
        path: '/koodrive/ose/v1/groups/{id}/members',
        answer: {
          status: 201,
          headers: { 'X-Group': '{{request.path.id}}' },
          body: {
            code: 0,
            text: 'group {{request.path.id}} of {{sandbox.id}}, {{request.query.kind}}{{request.query.none}}',
            echo: '{{request.body}}',
            user: '{{request.body.users.0.id}}',
            count: '{{request.body.count}}',
            absent: '{{request.body.nothing}}',
            list: ['{{request.body.nothing}}'],
            method: '{{request.method}}',
            at: '{{sandbox.now}}',
            header: '{{request.headers.X-Own}}',
            administrator: '{{sandbox.userId}}',
            braces: '{{{{request.body}}',
            call: '{{route.call}}',
          },
        },
      },
    ])
    const body = '{"users":[{"id":1505084218764547201}],"count":3}'
    const answer = await ask('/koodrive/ose/v1/groups/a%2Fb/members?kind=team', {
      ...post(body),
      headers: { 'x-own': 'y' },
    })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('Content-Type')).toBe('application/json;charset=UTF-8')
    expect(answer.headers.get('X-Group')).toBe('a/b')
    expect(answer.text).toContain('"user":1505084218764547201')
    expect(answer.text).toContain(`"echo":${body}`)
    expect(answer.json).toMatchObject({
      text: `group a/b of ${sandbox.id}, team`,
      count: 3,
      list: [null],
      method: 'POST',
      at: '2026-04-16T08:00:00Z',
      header: 'y',
      administrator: sandbox.credentials.userId,
      braces: '{{request.body}}',
      call: 1,
    })
    expect(answer.json).not.toHaveProperty('absent')
  })

  it('never reaches what a value inherits, nor runs anything', async () => {
    const { ask } = served([
      {
        method: 'POST',
        path: '/a',
        answer: { body: ['{{request.body.constructor.name}}', '{{request.body.__proto__}}'] },
      },
    ])
    expect((await ask('/a', post({}))).json).toEqual([null, null])
    expect((await ask('/a', post('{"__proto__": {"x": 1}}'))).json).toEqual([null, { x: 1 }])
  })

  const kinds: readonly Route[] = [
    { method: 'GET', path: '/q', query: { a: '1', b: { present: false } }, answer: { text: 'query' } },
    { method: 'GET', path: '/q', headers: { 'X-Flavour': { contains: 'sweet' } }, answer: { text: 'header' } },
    {
      method: 'POST',
      path: '/q',
      body: { a: { b: [1, { contains: 'x' }] }, id: 1505084218764547201n.toString() },
      answer: { text: 'body' },
    },
    { method: 'ANY', path: '/q', answer: { text: 'any' } },
    { method: 'GET', path: '/open/*', answer: { text: 'open {{request.target}}' } },
  ]
  const { ask: askKinds } = served(kinds)
  it.each([
    ['/q?a=1', {}, 'query'],
    ['/q?a=1&b=', {}, 'any'],
    ['/q?a=2', { headers: { 'x-flavour': 'bittersweet' } }, 'header'],
    ['/q/', { headers: { 'x-flavour': 'sour' } }, 'any'],
    ['/q', post('{"a":{"b":[1,"xyz"],"c":0},"id":1505084218764547201}'), 'body'],
    ['/q', post('{"a":{"b":[1]},"id":1505084218764547201}'), 'any'],
    ['/q', post('[]'), 'any'],
    ['/q', { method: 'PATCH' }, 'any'],
    ['/open/a/b?c', {}, 'open /open/a/b?c'],
  ] as const)('takes %s %j where it fits: %s', async (target, init, text) => {
    expect(await askKinds(target, init)).toMatchObject({ status: 200, text })
  })

  it('is not taken where it does not fit: the 404 names the nearest path, routes included, and both ways on', async () => {
    const { ask } = served([{ method: 'PUT', path: '/koodrive/ose/v1/shares', answer: {} }])
    const diagnosis = async (target: string, init: Init = {}) => {
      const answer = await ask(target, init)
      expect(answer).toMatchObject({ status: 404, json: { code: 404, msg: 'Not Found' } })
      return answer.headers.get('X-Mock-Diagnosis')
    }
    expect(await diagnosis('/koodrive/ose/v1/userlst')).toContain('Did you mean GET /koodrive/ose/v1/userList?')
    expect(await diagnosis('/koodrive/ose/v1/quotaUsed')).toContain(
      'Did you mean GET /koodrive/ose/v1/service/quotaUsed?',
    )
    expect(await diagnosis('/koodrive/ose/v1/spaces/userList')).toContain(
      'Did you mean GET /koodrive/ose/v1/space/userList?',
    )
    expect(await diagnosis('/v1/userList')).toContain('Did you mean GET /koodrive/ose/v1/userList?')
    expect(await diagnosis('/koodrive/ose/v1/share', { method: 'PUT' })).toMatch(
      /Did you mean PUT .*\/shares\?.*--routes FILE.*--fallback URL/,
    )
    expect(await diagnosis(`/${'x'.repeat(3000)}`)).toContain('GET /__admin/openapi.json')
    expect((await ask('/open')).status).toBe(404)
  })

  it('never answers what an operation takes, and answers other methods of its path', async () => {
    const { ask } = served([
      { method: 'ANY', path: '/koodrive/ose/v1/{any}', answer: { text: 'route' } },
      { method: 'PATCH', path: '/koodrive/ose/v1/users/{id}', answer: { text: 'patched {{request.path.id}}' } },
    ])
    expect((await ask('/koodrive/ose/v1/userList?offset=0&limit=1')).json.code).toBe(0)
    expect((await ask('/koodrive/ose/v1/groupList')).text).toBe('route')
    expect((await ask('/koodrive/ose/v1/users/7', { method: 'PATCH' })).text).toBe('patched 7')
  })

  it('answers HEAD as GET, without the body', async () => {
    const { ask } = served([{ method: 'GET', path: '/h', answer: { body: { a: 1 } } }])
    expect(await ask('/h', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' })
  })

  it('answers a row of the error table in the language of the caller', async () => {
    const { ask } = served([{ method: 'GET', path: '/e', answer: { error: 13000309 } }])
    expect(await ask('/e', { headers: { language: 'zh-CN' } })).toMatchObject({
      status: 400,
      json: { code: 13000309, msg: '资源不存在。' },
    })
  })

  it.each([
    ['token', undefined, 401],
    ['token', 'own', 200],
    ['token', 'nobody-has-this-token', 401],
    ['signature', 'own', 401],
  ] as const)('with authentication %s and the token %s answers %i', async (authentication, token, status) => {
    const { sandbox, ask } = served([{ method: 'GET', path: '/p', authentication, answer: {} }])
    mock.defaultSandbox.routes.set(sandbox.routes.list())
    const { admin } = sandbox.credentials.tokens
    const init = token === undefined ? { headers: {} } : { token: token === 'own' ? admin : token }
    expect((token === undefined ? await call('/p') : await ask('/p', init)).status).toBe(status)
    mock.defaultSandbox.routes.set([])
  })

  it('refuses a body that is not JSON where it looks at one, in the shape of the service', async () => {
    const { ask } = served([{ method: 'POST', path: '/j', body: { a: 1 }, answer: {} }])
    const answer = await ask('/j', post('{"a": 1,}'))
    expect(answer).toMatchObject({ status: 400, json: { code: 13000102 } })
    expect(answer.headers.get('X-Mock-Diagnosis')).toContain('line 1, column 9')
  })

  it('never becomes larger than it may, and puts no line of a client into a header', async () => {
    const echo = Array.from({ length: 20 }, () => '{{request.body}}')
    const { ask } = served([
      { method: 'POST', path: '/big', answer: { body: echo } },
      { method: 'GET', path: '/line', answer: { headers: { 'X-Echo': '{{request.query.a}}' } } },
    ])
    const big = await ask('/big', post({ a: 'x'.repeat(100_000) }))
    expect(big.status).toBe(500)
    expect(big.headers.get('X-Mock-Diagnosis')).toContain('larger than 1048576 characters')
    expect((await ask('/line?a=b%0D%0AX-Evil:%201')).headers.get('X-Echo')).toBe('b X-Evil: 1')
  })

  it('waits as long as it says, and not for a client that goes', async () => {
    const { sandbox, ask } = served([{ method: 'GET', path: '/slow', answer: { latencyMs: 600_000 } }])
    const aborting = new AbortController()
    const pending = ask('/slow', { signal: aborting.signal }).catch((error: Error) => error.name)
    await expect.poll(() => fetch(`${url}/__admin/health`).then(({ status }) => status)).toBe(200)
    aborting.abort()
    expect(await pending).toBe('AbortError')
    await expect.poll(() => sandbox.journal.list()[0]?.status).toBe(499)
  })
})

describe('a sequence of answers', () => {
  const answers = [
    { text: 'a', times: 2 },
    { text: 'b' },
    { body: { id: '{{sandbox.newId}}', call: '{{route.call}}' } },
  ]
  const texts = async (ask: ReturnType<typeof served>['ask'], count: number) => {
    const given: string[] = []
    for (let at = 0; at < count; at += 1) given.push((await ask('/s')).text)
    return given
  }

  it('goes on call by call; the last answer stays, or it begins again', async () => {
    const stays = served([{ method: 'GET', path: '/s', answers: answers.slice(0, 2) }])
    expect(await texts(stays.ask, 5)).toEqual(['a', 'a', 'b', 'b', 'b'])
    const loops = served([{ method: 'GET', path: '/s', answers: answers.slice(0, 2), loop: true }])
    expect(await texts(loops.ask, 5)).toEqual(['a', 'a', 'b', 'a', 'a'])
  })

  it('belongs to each sandbox, begins anew when it is reset or gets routes, and is repeated from its log to the same bytes', async () => {
    const routes: readonly Route[] = [{ method: 'GET', path: '/s', answers }]
    const one = served(routes)
    const other = served(routes)
    expect(await texts(one.ask, 2)).toEqual(['a', 'a'])
    expect(await texts(other.ask, 1)).toEqual(['a'])
    const log = structuredClone(one.sandbox.log.export())
    const rest = await texts(one.ask, 3)
    expect(rest[1]).toMatch(/^{"id":"\d{19}","call":4}$/)
    one.sandbox.log.replay(log)
    expect(await texts(one.ask, 3)).toEqual(rest)
    one.sandbox.reset()
    expect(await texts(one.ask, 1)).toEqual(['a'])
    one.sandbox.routes.set(routes)
    expect(await texts(one.ask, 1)).toEqual(['a'])
  })

  it('is no command of the log where an answer depends on nothing', async () => {
    const { sandbox, ask } = served([{ method: 'GET', path: '/s', answer: { text: 'a' } }])
    const before = sandbox.log.export().commands.length
    await texts(ask, 3)
    expect(sandbox.log.export().commands.filter(({ type }) => type !== 'use-token')).toHaveLength(before)
  })
})

describe('journal, verification and coverage', () => {
  it('know routes by their ids', async () => {
    const { sandbox, ask } = served([
      { id: 'groups', method: 'GET', path: '/g', answer: {} },
      { method: 'GET', path: '/h', answer: {} },
    ])
    await ask('/g')
    await ask('/g')
    const control = async (path: string, body?: unknown) =>
      call(`/__admin/sandboxes/${sandbox.id}${path}`, {
        ...(body !== undefined && {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'Content-Type': 'application/json' },
        }),
      })
    expect(sandbox.journal.list({ route: 'groups' })).toHaveLength(2)
    expect((await control('/requests?route=groups')).json.requests[0]).toMatchObject({
      operation: null,
      route: 'groups',
      passedOnTo: null,
      rule: 'route.groups; inferred',
    })
    expect((await control('/requests/verify', { route: 'groups', count: { exactly: 2 } })).json.pass).toBe(true)
    expect((await control('/requests/verify', { route: 'group' })).json.nearMisses[0].differences[0]).toContain('route')
    const { groups, never } = (await control('/coverage')).json
    const own = groups.find(({ id }: { id: string }) => id === 'routes')
    expect(own).toMatchObject({
      seen: 1,
      total: 2,
      items: [
        { id: 'route:groups', count: 2 },
        { id: 'route:GET /h', count: 0 },
      ],
    })
    expect(never).toContain('route:GET /h')
  })
})

describe('the control plane', () => {
  it('shows and replaces the routes of a sandbox, as a list or as a file has them', async () => {
    const { sandbox, ask } = served([{ method: 'GET', path: '/old', answer: {} }])
    const put = (body: unknown) =>
      call(`/__admin/sandboxes/${sandbox.id}/routes`, {
        method: 'PUT',
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json' },
      })
    const routes = [{ method: 'GET', path: '/new', answer: { text: 'new' } }]
    expect(await put({ routes })).toMatchObject({ status: 200, json: { routes } })
    expect(await put(routes)).toMatchObject({ status: 200, json: { routes } })
    expect((await call(`/__admin/sandboxes/${sandbox.id}/routes`)).json).toEqual({ routes })
    expect((await ask('/new')).text).toBe('new')
    expect((await ask('/old')).status).toBe(404)
    const refused = await put({ routes: [{ ...routes[0], path: 'new' }] })
    expect(refused).toMatchObject({ status: 400, json: { path: 'routes[0].path' } })
    expect(refused.json.detail).toContain('write "/new"')
    expect((await ask('/new')).text).toBe('new')
  })
})
