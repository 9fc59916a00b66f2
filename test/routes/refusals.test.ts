import { describe, expect, it } from 'vitest'
import { parseRoutes } from '../../src/routes/parse.ts'

const route = (text: string) => `routes:\n  - method: GET\n    path: /koodrive/ose/v1/groups/{id}\n${text}`
const answer = '    answer: { body: {} }\n'

describe('a file with routes', () => {
  it.each([
    ['', 'mine.yaml:1: routes: expected a list or an object'],
    ['routes: 7', 'mine.yaml:1: routes: expected a list, got 7.'],
    ['routs: []', 'mine.yaml:1: routes: there is no field "routs". Did you mean "routes"? Allowed: routes.'],
    ['routes:\n  - method: GET\n    path: [', 'mine.yaml:3: '],
    ['routes:\n  - path: /x\n    answer: {}', 'mine.yaml:2: routes[0].method: it is missing. Allowed: GET, POST,'],
    [
      'routes:\n  - { method: GTE, path: /x, answer: {} }',
      'mine.yaml:2: routes[0].method: it does not take "GTE". Did you mean "GET"?',
    ],
    ['- method: GET\n  path: x\n  answer: {}', 'mine.yaml:2: [0].path: it begins with a slash: write "/x".'],
    [
      'routes:\n  - { method: GET, path: "/a/:id", answer: {} }',
      'mine.yaml:2: routes[0].path: a segment with a name stands in braces: write {id}.',
    ],
    [
      'routes:\n  - { method: GET, path: "/a/{b}c", answer: {} }',
      'mine.yaml:2: routes[0].path: braces hold a whole segment',
    ],
    [
      'routes:\n  - { method: GET, path: "/a/{b}/{b}", answer: {} }',
      'mine.yaml:2: routes[0].path: {b} stands in it twice',
    ],
    ['routes:\n  - { method: GET, path: "/a/*/c", answer: {} }', 'mine.yaml:2: routes[0].path: a star stands for all'],
    ['routes:\n  - { method: GET, path: "/a?b=1", answer: {} }', 'mine.yaml:2: routes[0].path: it has no query'],
    ['routes:\n  - { method: GET, path: /, answer: {} }', 'mine.yaml:2: routes[0].path: it names at least one segment'],
    [
      'routes:\n  - { method: GET, path: /koodrive/ose/v1/userList, answer: {} }',
      'mine.yaml:2: routes[0].path: GET /koodrive/ose/v1/userList is always answered by the operation listUsers.',
    ],
    [
      'routes:\n  - { method: GET, path: /koodrive/ose/v1/users/me, answer: {} }',
      'mine.yaml:2: routes[0].path: GET /koodrive/ose/v1/users/me is always answered by the operation getUser.',
    ],
    [
      'routes:\n  - { method: GET, path: /__admin/mine, answer: {} }',
      'mine.yaml:2: routes[0].path: /__admin belongs to the mock itself',
    ],
    [
      'routes:\n  - { method: ANY, path: "/a/*", answer: {} }\n  - { method: GET, path: "/a/b", answer: {} }',
      'mine.yaml:3: routes[1].path: routes[0] takes every GET /a/b before it.',
    ],
    [route(''), 'mine.yaml:2: routes[0].answer: it is missing: write answer: {status, headers, body}, or answers'],
    [route(`${answer}    answers: [{}]`), 'mine.yaml:5: routes[0].answers: it does not go with answer'],
    [route(`${answer}    loop: true`), 'mine.yaml:5: routes[0].loop: it is about answers'],
    [route(`${answer}    body: { a: 1 }`), 'mine.yaml:5: routes[0].body: a GET request has no body'],
    [route(`${answer}    query: { a: { contain: x } }`), 'mine.yaml:5: routes[0].query.a: there is no field "contain"'],
    [
      route('    answer: { status: 99 }'),
      'mine.yaml:4: routes[0].answer.status: expected a number of at least 200, got 99.',
    ],
    [
      route('    answer: { status: 204, body: {} }'),
      'mine.yaml:4: routes[0].answer.body: an answer with status 204 has no body',
    ],
    [route('    answer: { body: {}, text: x }'), 'mine.yaml:4: routes[0].answer.text: it does not go with body'],
    [
      route('    answer: { error: resourceNotFond }'),
      'mine.yaml:4: routes[0].answer.error: it does not take "resourceNotFond". Did you mean "resourceNotFound"?',
    ],
    [
      route('    answer: { error: userExists, status: 409 }'),
      'mine.yaml:4: routes[0].answer.status: it does not go with error',
    ],
    [route('    answer: { headers: { "a b": x } }'), 'mine.yaml:4: routes[0].answer.headers'],
    [
      route('    answer: { latencyMs: -1 }'),
      'mine.yaml:4: routes[0].answer.latencyMs: expected a number of at least 0',
    ],
    [
      route('    answer: { body: { data: ["{{request.path.ix}}"] } }'),
      'mine.yaml:4: routes[0].answer.body.data[0]: the path has no {ix}. Did you mean "request.path.id"? It has: {id}.',
    ],
    [
      route('    answer: { body: { a: "{{request.qery.b}}" } }'),
      'mine.yaml:4: routes[0].answer.body.a: there is no placeholder "request.qery.b". Did you mean',
    ],
    [
      route('    answer: { text: "{{request.path.id" }'),
      'mine.yaml:4: routes[0].answer.text: a placeholder is not closed',
    ],
    [
      route('    answer: { text: "{{process.env.HOME}}" }'),
      'mine.yaml:4: routes[0].answer.text: there is no placeholder "process.env.HOME".',
    ],
    [route('    answer: { text: "{{1+1}}" }'), 'mine.yaml:4: routes[0].answer.text: "1+1" is not a placeholder.'],
    [
      route('    answer: { body: { a: {{request.path.id}} } }'),
      'mine.yaml:4: a placeholder stands in quotes: "{{…}}".',
    ],
    [route(`${answer}    method: PUT`), 'mine.yaml:5: Map keys must be unique: "method"'],
    [`routes: ${'['.repeat(5000)}`, 'mine.yaml:1: '],
    ['x'.repeat(1_048_577), 'mine.yaml has 1048577 characters'],
  ])('that says %j is refused in one line that names place and fix', async (text, message) => {
    const refusal = (await parseRoutes(text, 'mine.yaml').catch((error: Error) => error)) as Error
    expect(refusal.name).toBe('RouteError')
    expect(refusal.message).not.toContain('\n')
    expect(refusal.message.startsWith(message) ? message : refusal.message).toBe(message)
  })

  it.each(['- { method: GET, path: /x, answer: {} }', '{"routes": [{"method": "GET", "path": "/x", "answer": {}}]}'])(
    'may be a list or an object, in YAML or in JSON: %s',
    async (text) => {
      expect(await parseRoutes(text, 'mine')).toEqual([{ method: 'GET', path: '/x', answer: {} }])
    },
  )

  it('of the most routes is read in a moment', async () => {
    const routes = Array.from({ length: 1000 }, (_, at) => ({ method: 'GET', path: `/a/${at}/{b}`, answer: {} }))
    const started = process.cpuUsage()
    expect(await parseRoutes(JSON.stringify({ routes }), 'mine.json')).toHaveLength(1000)
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(5000)
  })
})
