import { once } from 'node:events'
import { connect } from 'node:http2'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMock } from '../../src/index.ts'
import { createReplay } from '../../src/proxy/replay.ts'
import { covers, type PathPattern, PatternTree, parsePath } from '../../src/routes/path-pattern.ts'
import { parseScenario } from '../../src/scenarios/parse.ts'
import { bounds } from '../../src/shared/bounds.ts'
import { paths } from '../support/client.ts'

const mock = createMock({ control: { token: 'control-token' } })
const sandbox = '/__admin/sandboxes/default'

const put = async (path: string, body: unknown) => {
  const answer = await mock.fetch(`http://mock${sandbox}${path}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, text: await answer.text() }
}

const many = (count: number, one: (index: number) => string): string =>
  Array.from({ length: count }, (_, n) => one(n)).join('')

describe('a text in YAML is read only when that is quick', () => {
  it.each([
    ['60,000 keys', many(60_000, (n) => `k${n}: 1\n`)],
    ['20,000 anchors, each used', many(10_000, (n) => `k${n}: &a${n} 1\nz${n}: *a${n}\n`)],
    ['as many anchors as there may be signs', many(1_600, (n) => `k${n}: &a${n} 1\n`)],
    ['half a million comments', '#\n'.repeat(490_000)],
    ['half a million mistakes', '}'.repeat(500_000)],
    ['maps for keys', '? {a: 1}\n: 2\n'.repeat(50_000)],
    ['lists in lists', '- '.repeat(50_000)],
    ['a long quoted string with line ends', `a: "${`${'w '.repeat(200)}\n `.repeat(2000)}"`],
    ['one long string', `a: ${'b '.repeat(400_000)}`],
    ['a long number', `a: ${'1'.repeat(900_000)}`],
    ['a tower of brackets', `a: ${'['.repeat(100_000)}`],
  ])('the control plane refuses one of %s', async (_, yaml) => {
    const { status, text } = await put('/scenario', { yaml })
    expect(status).toBe(400)
    expect(text).toMatch(/more than \d+ (?:line ends|anchors|characters)/)
  })

  it('a file of mistakes is refused at the first of them', async () => {
    await expect(parseScenario('}'.repeat(bounds.yamlFileSigns.value - 1), 'mine.yaml')).rejects.toThrow(
      /^mine\.yaml:1: /,
    )
  })

  it('a scenario of a thousand users is read', async () => {
    const users = many(1000, (n) => `    - {name: U${n}, phone: "+861390000${1000 + n}"}\n`)
    const text = `name: many\ntitle: Many\nteaches: nothing\ndirectory:\n  extraUsers:\n${users}`
    expect((await parseScenario(text, 'mine.yaml')).directory?.extraUsers).toHaveLength(1000)
  })
})

const segment = fc.oneof(fc.constantFrom('a', 'b'), fc.constant('{}'))
const pattern = fc
  .tuple(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([parts, isOpen]): PathPattern => {
    const named = parts.map((part, at) => (part === '{}' ? `{n${at}}` : part))
    const parsed = parsePath(`/${[...named, ...(isOpen ? ['*'] : [])].join('/')}`)
    if ('problem' in parsed) throw new Error(parsed.problem)
    return parsed
  })

describe('own routes keep nobody waiting', () => {
  it('which routes stand before another is found as by holding each against each', () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 12 }), pattern, (all, one) => {
        const tree = new PatternTree<number>()
        for (const [index, known] of all.entries()) tree.add(known, index)
        const expected = [...all.keys()].filter((index) => covers(all[index] as PathPattern, one))
        expect(tree.covering(one).sort((a, b) => a - b)).toEqual(expected)
      }),
    )
  })

  it('a path has no more segments than anybody means', async () => {
    const { status, text } = await put('/routes', [{ method: 'GET', path: '/a'.repeat(33), answer: { text: 'x' } }])
    expect([status, text]).toEqual([400, expect.stringContaining('at most 32 segments')])
  })

  it('a call is refused when the routes would look through it many times over', async () => {
    const routes = Array.from({ length: 20 }, (_, n) => ({
      method: 'POST',
      path: '/looked/at',
      body: { text: { contains: `zz${n}` } },
      answer: { text: String(n) },
    }))
    expect((await put('/routes', routes)).status).toBe(200)
    const call = (text: string) =>
      mock.fetch('http://mock/looked/at', {
        method: 'POST',
        headers: { Authorization: 'Bearer mock-admin-token' },
        body: JSON.stringify({ text }),
      })
    expect(await (await call('zz5')).text()).toBe('5')
    const refused = await call('z'.repeat(1_000_000))
    expect([refused.status, refused.headers.get('x-mock-rule')]).toEqual([500, 'route.search; inferred'])
  })
})

describe('an answer whose headers its protocol forbids is sent without them', () => {
  const forbidden = [
    'Trailer',
    'Transfer-Encoding',
    'Upgrade',
    'Keep-Alive',
    'TE',
    'Proxy-Connection',
    'HTTP2-Settings',
  ]
  const routes = forbidden.map((name) => ({
    method: 'GET' as const,
    path: `/with/${name}`,
    answer: { headers: { [name]: name === 'Transfer-Encoding' ? 'chunked' : 'x' }, text: 'hello' },
  }))
  const secured = createMock({ routes })

  it('over HTTP/1.1', async () => {
    const { url, close } = await secured.listen({ port: 0 })
    for (const name of forbidden) {
      const answer = await fetch(`${url}/with/${name}`, { headers: { Authorization: 'Bearer mock-admin-token' } })
      expect([name, answer.status, await answer.text()]).toEqual([name, 200, 'hello'])
    }
    await close()
  })

  it('over HTTP/2, where the call would never end', async () => {
    const { url, close } = await secured.listen({ port: 0, tls: true })
    const session = connect(url, { rejectUnauthorized: false })
    for (const name of forbidden) {
      const stream = session.request({ ':path': `/with/${name}`, authorization: 'Bearer mock-admin-token' })
      const [headers] = await once(stream, 'response')
      expect([name, headers[':status'], await text(stream)]).toEqual([name, 200, 'hello'])
    }
    session.destroy()
    await close()
  })

  it('by a replay', async () => {
    const request = { method: 'GET', url: `http://service${paths.users}?offset=0&limit=1` }
    const headers = forbidden.map((name) => ({ name, value: 'x' }))
    const response = { status: 200, headers, content: { text: '{"code":0}' } }
    const replay = createReplay(JSON.stringify({ log: { entries: [{ request, response }] } }))
    const { url, close } = await replay.listen({ port: 0 })
    expect((await fetch(`${url}${paths.users}?offset=0&limit=1`)).status).toBe(200)
    await close()
  })
})
