import { describe, expect, it } from 'vitest'
import type { JournalEntry } from '../../src/journal/journal-entry.ts'
import { searchJournal, wordsOf } from '../../src/journal/search.ts'
import { bounds } from '../../src/shared/bounds.ts'
import { paths } from '../support/client.ts'
import { control, ofDefault } from '../support/control.ts'
import { describeTargets, type Target } from '../support/targets.ts'

const TRACE = 'trace-'.padEnd(58, '7')
const row = { firstname: 'Zhang Wei 张伟', phone: '18660001234', password: 'Canary-Pass-01' }

/** A refused list, a batch, a poll of it, a call that a fault strikes. */
async function play(target: Target): Promise<string> {
  const { client, mock } = target
  await client.get(`${paths.users}?offset=0&limit=nonsense&keyWord=%E5%BC%A0`, { headers: { 'X-Note': 'Needle' } })
  const created = await client.signed('POST', paths.create, { body: JSON.stringify({ userList: [row] }) })
  await client.signed('GET', `${paths.query}?taskId=${created.json.data}`, { headers: { 'X-Traceid': TRACE } })
  mock.defaultSandbox.faults.add({ kind: 'throttle', retryAfterSeconds: 7, times: 1 })
  await client.get(`${paths.spaces}?offset=0&limit=3`)
  return created.json.data
}

const found = async (target: Target, query: Record<string, string>): Promise<string[]> => {
  const { json } = await control(target, 'GET', ofDefault(`/requests?${new URLSearchParams(query)}`))
  return json.requests.map(({ operation }: { operation: string }) => operation)
}

const BATCH = ['queryBatchProvisioning', 'createBatchProvisioningTask']

describeTargets('a search of the journal', (open) => {
  it('looks into every part of an exchange, in any case', async () => {
    const target = await open()
    const taskId = await play(target)
    const everywhere: readonly (readonly [where: string, q: string, operations: readonly string[]])[] = [
      ['path', 'BATCHREGISTER/get', ['queryBatchProvisioning']],
      ['query', 'limit=nonsense', ['listUsers']],
      ['query, decoded', 'keyword=张', ['listUsers']],
      ['header', 'needle', ['listUsers']],
      ['header of the answer', '"Retry-After: 7"', ['listUserSpaces']],
      ['body', '"Zhang Wei"', ['createBatchProvisioningTask']],
      ['body of the answer', '13000102', ['listUsers']],
      ['trace id', TRACE, ['queryBatchProvisioning']],
      ['task id', taskId, BATCH],
      ['request id', 'default-2', ['createBatchProvisioningTask']],
      ['several words', `${taskId} get`, ['queryBatchProvisioning']],
      ['nothing', 'no-such-word', []],
    ]
    for (const [where, q, operations] of everywhere) expect(await found(target, { q }), where).toEqual(operations)
    expect(await found(target, { refused: 'true' })).toEqual(['listUserSpaces', 'listUsers'])
    expect(await found(target, { refused: 'false', q: taskId })).toEqual(BATCH)
    expect(await found(target, { fault: 'true' })).toEqual(['listUserSpaces'])
    const { json } = await control(target, 'GET', ofDefault('/requests.har?q=needle'))
    expect(json.log.entries).toHaveLength(1)
  })

  it.each([
    ['a password in a body', 'Canary-Pass'],
    ['a token in a header', 'mock-admin-token'],
    ['the AppSecret', 'koodrive-mock-app-secret'],
  ])('does not find %s', async (_, q) => {
    const target = await open()
    await play(target)
    expect(await found(target, { q })).toEqual([])
  })
})

describe('the bounds of a search', () => {
  const entry = (body: string) => ({
    ...{ requestId: '', method: 'GET', target: '/', status: 200, rule: '', faults: [] },
    ...{ requestHeaders: [], responseHeaders: {}, responseBody: '' },
    requestBody: new TextEncoder().encode(body),
  })
  const search = (entries: readonly object[], elapsed: () => number) =>
    searchJournal(
      entries as JournalEntry[],
      { text: 'needle' },
      (one) => one,
      () => ({
        request: { method: '', target: '', headers: [], body: 'needle' },
        response: { status: 200, headers: [], body: '' },
      }),
      elapsed,
    )

  it('are bytes: what is older is left out, and that is said', async () => {
    const large = entry('x'.repeat(bounds.journalSearchBytes.value / 4))
    const { entries, searched } = await search(
      [entry('needle'), large, large, large, large, large, entry('needle')],
      () => 0,
    )
    expect({ found: entries.length, searched }).toEqual({ found: 1, searched: 5 })
  })

  it('are time', async () => {
    let now = 0
    const { searched } = await search(
      Array.from({ length: 2000 }, () => entry('hay')),
      () => {
        now += 1
        return now
      },
    )
    expect(searched).toBeLessThanOrEqual(bounds.journalSearchMs.value)
  })

  it('are turns: others are served in between', async () => {
    let [now, turns, isDone] = [0, 0, false]
    const others = async () => {
      while (!isDone) {
        await new Promise((resolve) => setImmediate(resolve))
        turns += 1
      }
    }
    const served = others()
    await search(
      Array.from({ length: 500 }, () => entry('hay')),
      () => {
        now += 1
        return now
      },
    )
    isDone = true
    await served
    expect(turns).toBeGreaterThanOrEqual(500 / bounds.journalSliceMs.value - 2)
  })

  it('are words', () => {
    expect(wordsOf('a "b c" "d')).toEqual(['a', 'b c', '"d'])
    expect(wordsOf('x '.repeat(1000))).toHaveLength(16)
  })

  it('are far away from a thousand entries, of which each is read as far as needed, and shown only where a word is', async () => {
    let [bodies, shown] = [0, 0]
    const entries = Array.from({ length: 1000 }, (_, at) => ({
      ...entry(''),
      requestId: `default-${at}`,
      target: `/userList?offset=${at}&limit=1`,
      get responseBody() {
        bodies += 1
        return at === 77 ? 'in the body' : 'nothing'
      },
    })) as unknown as JournalEntry[]
    const lookFor = (text: string) => {
      ;[bodies, shown] = [0, 0]
      return searchJournal(
        entries,
        { text },
        (one) => one,
        (one) => {
          shown += 1
          const { method, target } = one
          const response = {
            status: 200,
            headers: [],
            get body() {
              return one.responseBody
            },
          }
          return { request: { method, target, headers: [], body: '' }, response }
        },
        () => 0,
      )
    }
    const counted = async (text: string) => {
      const { entries, searched } = await lookFor(text)
      return { found: entries.length, searched, bodies, shown }
    }
    const all = { searched: undefined }
    expect(await counted('DEFAULT-77')).toEqual({ ...all, found: 11, bodies: 1000 - 11, shown: 11 })
    expect(await counted('offset= limit')).toEqual({ ...all, found: 1000, bodies: 0, shown: 1000 })
    expect(await counted('"in the body"')).toEqual({ ...all, found: 1, bodies: 1000 + 1, shown: 1 })
    expect(await counted('no-such-word')).toEqual({ ...all, found: 0, bodies: 1000, shown: 0 })
  })
})
