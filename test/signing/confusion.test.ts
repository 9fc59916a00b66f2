import { describe, expect, it } from 'vitest'
import { seen } from '../../src/signing/diagnosis/diagnose.ts'
import { toStep } from '../../src/signing/diagnosis/step.ts'
import { Trial } from '../../src/signing/diagnosis/trial.ts'
import { diagnose, type SignableRequest } from '../../src/signing/index.ts'
import type { SearchContext } from '../../src/signing/mistakes/mistake.ts'
import { mistakes, searchedMistakes } from '../../src/signing/mistakes/table.ts'
import { sample, slowJudge } from '../support/judge.ts'
import { sentBy } from './mistaken-client-request.ts'
import { type MistakenClient, mistakenClients } from './mistaken-clients.ts'
import { frequent, pairClient } from './pairs-of-mistakes.ts'

const credentials = { appId: '0123456789abcdef'.repeat(4), appSecret: 'koodrive-mock-app-secret' }
const options = {
  now: Date.UTC(2026, 3, 16, 8, 0, 0),
  knownSecrets: [{ appId: 'e'.repeat(64), appSecret: 'secret-of-another-app' }],
  knownUserIds: ['1505084218764547200'],
}
const HOST = 'mock.example.org:4010'
const searched = searchedMistakes.filter(({ evident }) => !evident)

const requestOf = (client: MistakenClient): [SignableRequest, typeof credentials & typeof options] => {
  const { method, target, headers, body, appSecret } = sentBy(client, credentials, HOST)
  return [
    { method, url: target, headers, body },
    { ...credentials, appSecret, ...options },
  ]
}

const named = (client: MistakenClient): string[] => diagnose(...requestOf(client)).mistakes.map(({ id }) => id)

/** All mistakes that give the signature of a client, each alone. */
function reproducing(client: MistakenClient): string[] {
  const { start } = seen(...requestOf(client))
  if (start === undefined) return []
  const { context, wanted } = start
  const trial = new Trial()
  return searched.filter((mistake) => gives(mistake, context, wanted, trial)).map(({ id }) => id)
}

function gives(mistake: (typeof searched)[number], context: SearchContext, wanted: string, trial: Trial): boolean {
  for (const change of mistake.variants(context)) {
    if (trial.sign(toStep(mistake, change, context.right, 0).made.attempt) === wanted) return true
  }
  return false
}

const clientOf = (id: string): MistakenClient => mistakenClients[id] ?? {}

const pairs = frequent.flatMap((first, at) =>
  frequent.slice(at + 1).flatMap((second) => {
    const client = pairClient(first, second)
    return client === undefined ? [] : [{ first, second, client }]
  }),
)
type Pair = (typeof pairs)[number]

/** What is named for pairs that are not named as the two that were made. */
const misreadOf = (some: readonly Pair[]) =>
  some
    .map((pair) => ({ ...pair, made: `${pair.first} + ${pair.second}`, told: named(pair.client) }))
    .filter(({ first, second, told }) => [first, second].sort().join() !== [...told].sort().join())

/** Pairs of which one undoes the other, or that give the bytes of another pair. */
const sameBytes: Readonly<Record<string, string>> = {
  'query-not-encoded + query-left-out': 'a query that is left out shows no encoding',
  'query-double-encoded + query-left-out': 'a query that is left out shows no encoding',
  'query-plus-for-blank + query-left-out': 'a query that is left out shows no encoding',
  'host-not-signed + host-port': 'a Host that is not signed shows no value',
  'host-not-signed + host-loopback-name': 'a Host that is not signed shows no value',
  'host-not-signed + host-empty': 'a Host that is not signed shows no value',
  'body-hash-left-empty + layout-trailing-newline':
    'an empty last line and a line feed are an empty line and an empty last line',
}

describe('a mistake that is made alone', () => {
  it.each(searched)('is told as $id, whatever else gives the same bytes', ({ id }) => {
    expect(named(clientOf(id))).toEqual([id])
  })
})

describe('two of the frequent mistakes at once', () => {
  it('are five hundred pairs of thirty mistakes and more', () => {
    expect(frequent.length).toBeGreaterThan(30)
    expect(pairs.length).toBeGreaterThan(490)
  })

  it('are both told, and nothing else, but for those that give the bytes of something else', {
    timeout: 120_000,
  }, () => {
    const tried = sample(pairs, 8)
    const expected = tried.map(({ first, second }) => `${first} + ${second}`).filter((made) => made in sameBytes)
    expect(misreadOf(tried).map(({ made }) => made)).toEqual(expected)
    const all = pairs.map(({ first, second }) => `${first} + ${second}`)
    expect(all).toEqual(expect.arrayContaining(Object.keys(sameBytes)))
  })
})

describe('the page on mistakes that look alike', () => {
  slowJudge('is written from these tests', async () => {
    const misread = misreadOf(pairs)
    const alone = searched.map(({ id }) => ({
      id,
      others: reproducing(clientOf(id)).filter((other) => other !== id),
    }))
    const rows = (cells: string[][]) => cells.map((row) => `| ${row.join(' | ')} |`).join('\n')
    const code = (ids: readonly string[]) => ids.map((id) => `\`${id}\``).join(', ')
    const confusable = alone.filter(({ others }) => others.length > 0)
    const page = `# Mistakes that look alike

<!-- Written by test/signing/confusion.test.ts (KOODRIVE_REQUIRE_JUDGES=1, vitest -u). -->

A diagnosis never guesses: what it names gives the signature of the client, byte for byte. Two mistakes can give the same
bytes, though. Then the more common one is named, and of equally common ones the more specific one. These tables are
written by a test that makes every mistake, and every pair of the frequent ones, and looks at what is named.

## One mistake

Each of the ${alone.length} mistakes of the search was made by a client that signs on its own. All are named as what they are. For
${confusable.length} of them another one would have given the same bytes on the request of the test:

| made and named | would have fitted as well |
|---|---|
${rows(confusable.map(({ id, others }) => [code([id]), code(others)]))}

## Two mistakes at once

Of the ${frequent.length} frequent mistakes, ${pairs.length} pairs can be made on one request. ${pairs.length - misread.length} are named as the two that were made. The others:

| made | named | because |
|---|---|---|
${rows(misread.map(({ first, second, made, told }) => [code([first, second]), code(told), sameBytes[made] ?? '']))}

The frequent mistakes are ${code(frequent)}.

## Three at once

Any three of the frequent mistakes are searched together, in their likeliest way: a path without its slash, a query out of
order and a Host without its port are found in one go. More than three are not searched; \`POST /__admin/signature/diagnose\`
takes your own canonical request and shows the first line that differs.
`
    await expect(page).toMatchFileSnapshot('../../docs/explanation/signature-mistakes.md')
    expect(mistakes.length).toBeGreaterThan(100)
  })
})
