import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLedger } from '../../src/contract/ledger.ts'
import { createMock } from '../../src/index.ts'
import { createReplay } from '../../src/proxy/replay.ts'
import { parseRoutes } from '../../src/routes/parse.ts'
import { builtInScenarios } from '../../src/scenarios/built-in.ts'
import { parseScenario } from '../../src/scenarios/parse.ts'
import { paths } from '../support/client.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** A taste of it with every run of the suite, a minute in CI, as long as one likes by hand. */
const SECONDS = Number(process.env['KOODRIVE_FUZZ_SECONDS'] ?? 0)
const TASTE = 40
const SEED = Number(process.env['KOODRIVE_FUZZ_SEED'] ?? 1)

/** What stands in files that somebody made by hand, by another tool, or with bad intentions. */
const odd = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '<<',
    '*a',
    '&a',
    '!!js/function',
    '~',
    '',
    '\u0000',
    '\ud800',
  ),
  fc.constantFrom(
    '(a+)+$',
    'P999999999D',
    '9999-12-31T23:59:59Z',
    '-0',
    '1e999',
    '.inf',
    '0x1f',
    '2026-13-45',
    '[[[[[[',
    '{{{{',
    '- - - -',
  ),
  fc.constantFrom('x'.repeat(5000), '['.repeat(2000), '{"a":'.repeat(2000), '9'.repeat(400)),
  fc.string(),
)
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(odd, fc.double(), fc.integer(), fc.constantFrom(null, true, false)),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(odd, tie('any'), { maxKeys: 4 }),
  ),
})).any

type Json = unknown

/** Every place of a value, as paths. */
function placesOf(given: Json, path: (string | number)[] = []): (string | number)[][] {
  if (typeof given !== 'object' || given === null) return [path]
  return [
    path,
    ...Object.entries(given).flatMap(([key, one]) =>
      placesOf(one, [...path, Array.isArray(given) ? Number(key) : key]),
    ),
  ]
}

/** A copy with something else at a place, or with a further key there. */
function changed(given: Json, path: readonly (string | number)[], other: Json, asKey: string | undefined): Json {
  const [first, ...rest] = path
  if (first === undefined) {
    if (asKey === undefined || typeof given !== 'object' || given === null || Array.isArray(given)) return other
    return JSON.parse(
      `${JSON.stringify(given).slice(0, -1)}${Object.keys(given).length > 0 ? ',' : ''}${JSON.stringify(asKey)}:${JSON.stringify(other) ?? 'null'}}`,
    )
  }
  const copy: any = Array.isArray(given) ? [...given] : { ...(given as object) }
  copy[first] = changed(copy[first], rest, other, asKey)
  return copy
}

/** Texts that are nearly a file of some kind: with other values, other keys, other bytes, or an end that is missing. */
const nearly = (samples: readonly Json[]) =>
  fc
    .record({
      sample: fc.constantFrom(...samples),
      changes: fc.array(fc.record({ at: fc.nat(), other: value, key: fc.option(odd, { nil: undefined }) }), {
        maxLength: 3,
      }),
      bytes: fc.array(fc.record({ at: fc.nat(), text: odd, isCut: fc.boolean() }), { maxLength: 2 }),
    })
    .map(({ sample, changes, bytes }) => {
      let json = sample
      for (const { at, other, key } of changes) {
        const places = placesOf(json)
        json = changed(json, places[at % places.length] ?? [], other, key)
      }
      let text = JSON.stringify(json) ?? 'null'
      for (const { at, text: inserted, isCut } of bytes) {
        const place = at % (text.length + 1)
        text = text.slice(0, place) + inserted + (isCut ? '' : text.slice(place))
      }
      return text
    })

/**
 * Feeds a reader for its share of the time. Whatever it refuses, it refuses as what the file is, in one line that a person
 * can read, soon, and without a change to what all objects have.
 */
async function feed(
  samples: readonly Json[],
  names: readonly string[],
  read: (text: string) => unknown,
): Promise<void> {
  let [taken, refused, longest] = [0, 0, 0]
  await fc.assert(
    fc.asyncProperty(nearly(samples), async (text) => {
      const before = process.cpuUsage()
      try {
        await read(text)
        taken += 1
      } catch (error) {
        const { name, message } = error as Error
        expect(names, `${name}: ${message}\n${(error as Error).stack}`).toContain(name)
        expect(message.length).toBeLessThan(4000)
        expect(message).not.toMatch(/\n\s+at |Cannot read propert|is not (?:a function|iterable)|undefined \(reading/)
        refused += 1
      }
      const { user, system } = process.cpuUsage(before)
      longest = Math.max(longest, (user + system) / 1000)
      expect(Object.keys(Object.prototype)).toEqual([])
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    }),
    {
      seed: SEED,
      ...(SECONDS === 0 ? { numRuns: TASTE } : { numRuns: 1_000_000, interruptAfterTimeLimit: SECONDS * 250 }),
    },
  )
  expect(refused).toBeGreaterThan(3)
  expect(taken).toBeGreaterThan(0)
  expect(longest).toBeLessThan(5000)
}

describe(`a file that is nearly one is taken or refused, and nothing else happens (${SECONDS || 'a taste'})`, () => {
  const timeout = { timeout: SECONDS * 1000 + 60_000 }

  it('a scenario', timeout, () =>
    feed(builtInScenarios, ['ScenarioError'], async (text) => {
      const scenario = await parseScenario(text, 'fuzz.yaml')
      await createMock({ scenario }).fetch(`http://mock${paths.users}?offset=0&limit=1`)
    }),
  )

  it('a log', timeout, async () => {
    const mock = createMock({ users: 3, scenario: 'duplicates' })
    const headers = { 'Content-Type': 'application/json' }
    const control = (path: string, method = 'GET', body?: string) =>
      mock.fetch(`http://mock/__admin/sandboxes/default${path}`, {
        method,
        headers,
        ...(body !== undefined && { body }),
      })
    await control('/clock/advance', 'POST', '{"by":"PT1M"}')
    await control('/faults', 'POST', '{"kind":"latency","delay":{"ms":1}}')
    await control('/tokens', 'POST', '{"kind":"admin"}')
    const log = await (await control('/log')).json()
    await feed([log], ['refused'], async (text) => {
      const answer = await control('/log', 'PUT', text)
      const { status } = answer
      expect(status, `${await answer.clone().text()} ${text}`).not.toBe(500)
      // Whatever was taken is served.
      const { status: served } = await mock.fetch(`http://mock${paths.users}?offset=0&limit=1`, {
        headers: { Authorization: 'Bearer mock-admin-token' },
      })
      expect([200, 401], `${served} ${text}`).toContain(served < 500 ? (served === 200 ? 200 : 401) : served)
      if (status >= 400)
        throw Object.assign(new Error(((await answer.json()) as { detail: string }).detail), { name: 'refused' })
    })
  })

  it('routes', timeout, () => {
    const everything = {
      id: 'all',
      method: 'POST',
      path: '/a/{name}/*',
      query: { kind: { contains: 'a' }, page: { present: false } },
      headers: { 'X-A': 'b' },
      body: { rows: [{ a: 1 }] },
      authentication: 'none',
      answers: [
        { status: 201, headers: { 'X-B': '{{request.headers.x-a}}' }, body: { a: ['{{request.body.rows}}', 1] } },
        { text: '{{request.path.name}} {{{{ {{route.call}}', times: 2, latencyMs: 0 },
        { error: 'verifyParametersFailed' },
      ],
      loop: true,
    }
    const samples = [
      [everything],
      { routes: [everything, { method: 'ANY', path: '/b', answer: { body: '{{request.query.q}}' } }] },
    ]
    return feed(samples, ['RouteError'], async (text) => {
      const routes = await parseRoutes(text, 'fuzz.yaml')
      const mock = createMock({ routes })
      const calls = [
        new Request('http://mock/a/b/c?kind=ab', {
          method: 'POST',
          headers: { 'X-A': 'b', 'Content-Type': 'application/json' },
          body: '{"rows":[{"a":1}]}',
        }),
        ...routes.map(({ path }) => new Request(new URL(`http://mock${path}`))),
      ]
      for (const call of calls) expect(await (await mock.fetch(call)).text()).not.toContain('mock itself failed')
    })
  })

  it('a recording', timeout, () => {
    const entry = (method: string, path: string, body?: string) => ({
      startedDateTime: '2026-04-16T08:00:00.000Z',
      time: 1,
      request: { method, url: `http://a${path}`, headers: [], postData: { mimeType: 'application/json', text: body } },
      response: {
        status: 200,
        headers: [{ name: 'X-A', value: 'b' }],
        content: { mimeType: 'a/b', text: '{"code":0}' },
      },
    })
    const list = `${paths.users}?offset=0&limit=1`
    const archive = {
      log: {
        version: '1.2',
        creator: { name: 'a', version: 'b' },
        entries: [entry('GET', list), entry('POST', paths.create, '{"userList":[{"phone":"1"}]}')],
      },
    }
    return feed([archive], ['RecordingError'], async (text) => {
      const replay = createReplay(text)
      const answers = [
        await replay.fetch(new Request(`http://a${list}`)),
        await replay.fetch(new Request(`http://a${paths.create}`, { method: 'POST', body: text })),
      ]
      for (const answer of answers) expect(await answer.text()).not.toContain('mock itself failed')
    })
  })

  it('a ledger', timeout, () => {
    const file = join(temporaryFolder(), 'ledger.jsonl')
    const line = {
      run: 'kdc1234567',
      target: 'http://a',
      at: '2026-04-16T08:00:00.000Z',
      operation: 'createDepartment',
      answer: { probe: 'a', attempt: 0, status: 200, body: '{}' },
    }
    return feed([line], ['ContractUsageError'], (text) => {
      writeFileSync(file, text)
      readLedger(file, 'http://a')
    })
  })
})
