import { describe, expect, it, onTestFinished } from 'vitest'
import { createMock } from '../../src/index.ts'
import { Anonymiser } from '../../src/proxy/anonymise.ts'
import { Pseudonyms } from '../../src/proxy/pseudonyms.ts'
import { createReplay } from '../../src/proxy/replay.ts'
import { parseScenario } from '../../src/scenarios/parse.ts'
import { bounds } from '../../src/shared/bounds.ts'
import { Redactor } from '../../src/shared/redact.ts'
import { searchBytes } from '../../src/world/directory/search.ts'
import { paths } from '../support/client.ts'
import { sample } from '../support/judge.ts'

/** How long others could not be served while something was done, in milliseconds of processor time: what else the machine does is not counted. */
async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  let [isDone, longest] = [false, 0]
  const watch = async () => {
    for (let before = process.cpuUsage(); !isDone; before = process.cpuUsage()) {
      await new Promise((resolve) => setImmediate(resolve))
      const { user, system } = process.cpuUsage(before)
      longest = Math.max(longest, (user + system) / 1000)
    }
  }
  const watching = watch()
  await work()
  isDone = true
  await watching
  return longest
}

/** Milliseconds of processor time that something takes. */
async function processorTime(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

describe('no call keeps the others waiting', () => {
  it.each(['(a+)+$', '^(.*a){20}$', '(?:a|aa)+$'])(
    'by a regular expression that would never end: %s',
    async (matches) => {
      const mock = createMock()
      const body = JSON.stringify({ userList: [{ firstname: `${'a'.repeat(60)}!`, phone: '1' }] })
      for (let n = 0; n < 30; n += 1) {
        await mock.fetch(`http://mock${paths.preverify}`, {
          method: 'POST',
          body,
          headers: { Authorization: 'Bearer mock-admin-token' },
        })
      }
      const verify = async () => {
        const answer = await mock.fetch('http://mock/__admin/sandboxes/default/requests/verify', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ where: { body: { userList: [{ firstname: { matches } }] } } }),
        })
        expect([200, 400]).toContain(answer.status)
      }
      // All threads count, those of the collector of garbage too.
      expect(await longestTurn(verify)).toBeLessThan(3 * bounds.verifySliceMs.value)
    },
  )

  it.each(sample(['1', '9', 'a', '17', '张'], 4))('by a search in a million users: %s', async (keyWord) => {
    const headers = { Authorization: 'Bearer mock-app-token' }
    const searched = async () => {
      const mock = createMock({ users: 1_000_000 })
      const ask = async (query: string): Promise<{ total: number }> => {
        const answer = await mock.fetch(`http://mock${paths.spaces}?offset=0&limit=10${query}`, { headers })
        expect(answer.status).toBe(200)
        return answer.json() as Promise<{ total: number }>
      }
      expect(await ask('')).toMatchObject({ total: 1_000_000 })
      let found: { total: number } = { total: 0 }
      const turn = await longestTurn(async () => {
        found = await ask(`&keyWord=${encodeURIComponent(keyWord)}`)
      })
      expect(found.total).toBeGreaterThan(1000)
      return turn
    }
    // 10 to 35 measured; in one go it was 240 and more. What other files have left may be collected meanwhile: the least of three counts.
    const turns = [await searched()]
    while (Math.min(...turns) >= 100 && turns.length < 3) turns.push(await searched())
    expect(Math.min(...turns)).toBeLessThan(100)
  })

  it('by keeping more of such searches than a bound says, of all sandboxes together', async () => {
    const mock = createMock({ users: 1 })
    const sandboxes = [mock.sandbox({ users: 1_000_000 }), mock.sandbox({ users: 2_000_000 })]
    for (const { credentials } of sandboxes) {
      for (const keyWord of ['aa', 'bb', 'cc', 'dd', 'ee', 'ff', 'gg', 'hh', 'e', 'a', 'o']) {
        const headers = { Authorization: `Bearer ${credentials.tokens.admin}` }
        const answer = await mock.fetch(`http://mock${paths.users}?offset=0&limit=10&keyWord=${keyWord}`, { headers })
        expect(answer.status).toBe(200)
      }
    }
    expect(searchBytes()).toBeLessThanOrEqual(bounds.searchBytes.value)
    expect(searchBytes()).toBeGreaterThan(bounds.searchBytes.value / 2)
  })

  it('by a map of 60,000 keys in a scenario file', async () => {
    const text = `name: big\nfaults:\n${Array.from({ length: 60_000 }, (_, n) => `  k${n}: ${n}`).join('\n')}\n`
    const parse = () => expect(parseScenario(text, 'big.yaml')).rejects.toThrow(/big\.yaml:\d+: /)
    expect(await processorTime(parse)).toBeLessThan(5000)
  })

  it('while a key that is there twice is still refused, with its line', async () => {
    await expect(parseScenario('name: a\ntitle: b\nname: c\n', 'twice.yaml')).rejects.toThrow(
      /twice\.yaml:3: .*unique: "name"/,
    )
  })

  const MIB = 1024 * 1024
  const fill = (bytes: number, start: string, part: string, end: string): string =>
    start + part.repeat(Math.floor((bytes - start.length - end.length) / part.length)) + end
  const manyKeys = (bytes: number): string => `{${Array.from({ length: bytes / 16 }, (_, n) => `"key${n}":1`).join()}}`

  it.each<[string, string]>([
    ['lists', fill(11 * MIB, '[', '[],', '0]')],
    ['rows', fill(11 * MIB, '{"users":[{}', ',{}', ']}')],
    ['numbers', fill(11 * MIB, '{"a":[0', ',0', ']}')],
    ['fields', manyKeys(8 * MIB)],
    ['levels', '['.repeat(11 * MIB)],
    ['lines', `${'\n'.repeat(11 * MIB)}x`],
    ['letters of one name', `{"${'k'.repeat(11 * MIB)}":1}`],
    [
      'letters beside a number that no double holds',
      `{"curDeptId":12345678901234567890,"a":"${'a'.repeat(11 * MIB)}"}`,
    ],
  ])('by a body of millions of %s', async (_, body) => {
    const mock = createMock()
    const headers = { Authorization: 'Bearer mock-admin-token' }
    const before = process.memoryUsage().heapTotal
    const send = async () => {
      const answer = await mock.fetch(`http://mock${paths.preverify}`, { method: 'POST', body, headers })
      expect(await answer.json()).toMatchObject({ code: 13000102 })
    }
    // 15 to 160 measured, by all threads; it was up to 18,000, and a gigabyte.
    expect(await longestTurn(send)).toBeLessThan(500)
    expect(process.memoryUsage().heapTotal - before).toBeLessThan(150 * MIB)
  })

  it.each<[string, string, string]>([
    ['PUT', 'scenario', fill(4 * MIB - 100, '{"faults":[0', ',{}', ']}')],
    ['PUT', 'routes', fill(4 * MIB - 100, '[0', ',[]', ']')],
    ['POST', 'requests/verify', fill(4 * MIB - 100, '{"where":{"body":[0', ',{}', ']}}')],
    ['POST', 'faults', manyKeys(4 * MIB)],
    ['PUT', 'log', fill(16 * MIB, '{"commands":[0', ',{}', ']}')],
  ])('by a body of the control plane of a million values: %s %s', async (method, path, body) => {
    const mock = createMock()
    const send = async () => {
      const headers = { 'Content-Type': 'application/json' }
      const answer = await mock.fetch(`http://mock/__admin/sandboxes/default/${path}`, { method, body, headers })
      expect(answer.status).toBe(400)
      expect(await answer.text()).toMatch(/has more than \d+ lists, objects, entries and fields/)
    }
    expect(await longestTurn(send)).toBeLessThan(500)
  })

  it('by a list of thousands of messages to the tools of agents', async () => {
    const mock = createMock()
    const body = JSON.stringify(Array.from({ length: 5000 }, (_, id) => ({ jsonrpc: '2.0', id, method: 'tools/list' })))
    const send = async () => {
      const headers = { 'Content-Type': 'application/json' }
      const answer = await mock.fetch('http://mock/__admin/mcp', { method: 'POST', body, headers })
      expect(answer.status).toBe(400)
      expect(await answer.text()).toContain('holds 5000 messages; at most 20')
    }
    expect(await longestTurn(send)).toBeLessThan(1000)
  })

  it.each(['requests', 'requests?q=nowhere', 'requests.har'])(
    'by showing a journal full of secrets: %s',
    async (path) => {
      const mock = createMock()
      const userList = Array.from({ length: 2500 }, (_, n) => ({ firstname: `a${n}`, password: `Secret-${n}` }))
      const body = JSON.stringify({ userList })
      const headers = { Authorization: 'Bearer mock-admin-token' }
      for (let n = 0; n < 60; n += 1) {
        await mock.fetch(`http://mock${paths.preverify}`, { method: 'POST', body, headers })
      }
      let text = ''
      const show = async () => {
        text = await (await mock.fetch(`http://mock/__admin/sandboxes/default/${path}`)).text()
      }
      // 45 to 150 measured, the writing of the answer included; it was 600 to 1,500.
      expect(await longestTurn(show)).toBeLessThan(400)
      expect(text).not.toContain('Secret-1')
    },
  )

  it.each([
    ['one long word', 'a'.repeat(200_000)],
    ['many quotes', '"'.repeat(200_000)],
    ['many pairs', 'password= '.repeat(20_000)],
    ['many spaces', `password${' '.repeat(200_000)}`],
    ['a deep list', '['.repeat(100_000)],
    ['many colons', '"a":'.repeat(50_000)],
    ['many parts', 'name="password"\r\n'.repeat(12_000)],
  ])('by taking secrets out of a body of 200 KB: %s', async (_, text) => {
    const redactor = new Redactor({ secrets: [['koodrive-mock-app-secret', 'appSecret']] })
    expect(await processorTime(() => redactor.body(text))).toBeLessThan(1000)
  })

  it('by an answer of a thousand faults: headers stay below what clients take', async () => {
    const mock = createMock({
      scenario: {
        name: 'many',
        title: 'many',
        faults: Array.from({ length: 1000 }, () => ({
          kind: 'latency',
          delay: { ms: 0 },
        })),
      } as never,
    })
    onTestFinished(() => mock.close())
    const { url } = await mock.listen({ port: 0 })
    const answer = await fetch(`${url}${paths.users}?offset=0&limit=1&${'q'.repeat(8000)}=1`, {
      headers: { Authorization: 'Bearer mock-admin-token', 'X-Traceid': 't'.repeat(3000) },
    })
    const size = [...answer.headers].reduce((all, [name, value]) => all + name.length + value.length + 4, 0)
    expect(size).toBeLessThan(10_000)
  })
})

describe('a body made to be dear costs its size', () => {
  const alike = (count: number) => Array.from({ length: count }, (_, n) => `aaaa${String(n).padStart(6, '0')}`)

  it('of many names that begin alike, in a recording', async () => {
    const anonymiser = new Anonymiser(new Pseudonyms())
    const body = JSON.stringify({ list: alike(30_000).map((name) => ({ name })), msg: 'a'.repeat(4000) })
    expect(await processorTime(() => anonymiser.body(body))).toBeLessThan(3000)
  })

  it('of more values than anybody means, in a recording: it is left out', () => {
    const anonymiser = new Anonymiser(new Pseudonyms())
    expect(anonymiser.body(`[${'1,'.repeat(200_000)}1]`)).toBe('[400003 bytes with more than 100000 values, left out]')
  })

  it('of many long messages, in a recording: the first of them are kept', () => {
    const anonymiser = new Anonymiser(new Pseudonyms())
    const messages = Array.from({ length: 1000 }, () => ({ msg: 'bad request '.repeat(300) }))
    const { list } = JSON.parse(anonymiser.body(JSON.stringify({ list: messages })))
    expect(list[0].msg).toBe(messages[0]?.msg)
    expect(list[999].msg).toBe('(3600 characters)')
  })

  it.each([
    ['a long name over a long list', `{"${'k'.repeat(100_000)}":[${'1,'.repeat(20_000)}1]}`],
    [
      'long names in one another',
      `${`{"${'k'.repeat(100_000)}":`.repeat(60)}[${'1,'.repeat(20_000)}1]${'}'.repeat(60)}`,
    ],
    ['a million values', `[${'1,'.repeat(1_000_000)}1]`],
  ])('sent to a replay: %s', async (_, body) => {
    const answer = { status: 200, headers: [], content: { text: '{"code":0}' } }
    const request = { method: 'POST', url: `http://service${paths.preverify}`, postData: { text: '{"curDeptId":1}' } }
    const replay = createReplay(JSON.stringify({ log: { entries: [{ request, response: answer }] } }))
    const { status } = await replay.fetch(new Request(`http://mock${paths.preverify}`, { method: 'POST', body }))
    expect(status).toBe(404)
  })

  it('an AppSecret is no longer than one can be', async () => {
    const mock = createMock()
    const answer = await mock.fetch('http://mock/__admin/signature/diagnose', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ method: 'GET', url: '/', headers: {}, appSecret: 's'.repeat(2000) }),
    })
    expect(answer.status).toBe(400)
  })
})
