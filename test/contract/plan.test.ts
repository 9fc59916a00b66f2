import { describe, expect, it } from 'vitest'
import { type ContractOptions, checks, planContract, runContract } from '../../src/contract/index.ts'
import { sampleAnswers } from '../../src/contract/probes/samples.ts'
import { operations } from '../../src/spec/operations.ts'
import { mockRun } from '../support/contract.ts'

interface Sent {
  readonly method: string
  readonly path: string
  readonly query: string | undefined
  readonly probe: string
  readonly safety: string
}

async function sentBy(options: ContractOptions): Promise<Sent[]> {
  const sent: Sent[] = []
  const run = runContract({ ...options, onRequest: (request) => sent.push(request) })
  await run.report()
  return sent
}

/** A text of the plan, whose braces stand for anything, as a pattern. */
const pattern = (text = ''): RegExp =>
  new RegExp(`^${text.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]*\}/g, '.*')}$`)

const options: readonly [string, Partial<ContractOptions>][] = [
  ['a whole run', {}],
  ['a read-only run', { allowWrites: false }],
  ['a run of one check', { only: ['list-users.page-size'] }],
  ['a run of one operation', { only: ['queryBatchProvisioning'] }],
  ['a run without some checks', { skip: ['parameters', 'list-user-spaces'] }],
]

describe.each(options)('the plan of %s', (_, more) => {
  it('names exactly the requests that are sent, and how often', async () => {
    const told = { ...mockRun(), ...more }
    const { lines, requests } = planContract(told)
    const sent = await sentBy(told)
    for (const { probe, method, path, query = '' } of sent) {
      const own = lines.filter((line) => line.probe === probe)
      const line = own.find(
        (one) => one.method === method && pattern(one.path).test(path) && pattern(one.query).test(query),
      )
      expect(line, `${probe}: ${method} ${path}?${query} of ${own.map((one) => one.query).join(' or ')}`).toBeDefined()
    }
    for (const probe of new Set(lines.map((line) => line.probe))) {
      const count = sent.filter((request) => request.probe === probe).length
      const own = lines.filter((line) => line.probe === probe).map(({ times }) => times)
      const sum = (at: 0 | 1): number => own.reduce((all, times) => all + times[at], 0)
      expect(count, probe).toBeGreaterThanOrEqual(sum(0))
      expect(count, probe).toBeLessThanOrEqual(sum(1))
    }
    expect(sent.length).toBeGreaterThanOrEqual(requests[0])
    expect(sent.length).toBeLessThanOrEqual(requests[1])
  })
})

describe('a run', () => {
  it('takes fewer than ten requests for an operation, with writes', async () => {
    expect((await sentBy(mockRun())).length).toBeLessThan(10 * operations.length)
  })

  it('writes nothing unless it may', async () => {
    const sent = await sentBy({ ...mockRun(), allowWrites: false })
    const changing = sent.filter(({ method, path }) => method !== 'GET' && !/preverify$|userList$/.test(path))
    expect(changing).toEqual([])
    expect(sent.filter(({ path }) => /\/session\/(?:logoff|refresh)?$/.test(path))).toEqual([])
    expect(sent.filter(({ safety }) => safety === 'write')).toEqual([])
  })

  it('is the same twice when chance is', async () => {
    const lines = async () => (await sentBy(mockRun())).map(({ method, path, query }) => `${method} ${path}?${query}`)
    expect(await lines()).toEqual(await lines())
  })
})

describe('a check', () => {
  it('keeps its id and title for ever', async () => {
    const text = checks.map(({ id, title }) => `${id}: ${title}`).sort()
    await expect(
      `${text.join('\n')}\n`,
      'new checks? `npx vitest run test/contract/plan.test.ts --update` lists them',
    ).toMatchFileSnapshot('checks.txt')
  })

  it('looks at answers of every operation', () => {
    const unseen = operations.filter(({ operationId }) => sampleAnswers(operationId).length === 0)
    expect(unseen.map(({ operationId }) => operationId)).toEqual([])
  })

  it('has an id of its own', () => {
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length)
  })

  it.each(checks.map((check) => [check.id, check] as const))('%s says level, source, clause and why', (_, check) => {
    expect(check.title.startsWith(`${check.level} `)).toBe(true)
    for (const text of [check.source, check.clause, check.why]) expect(text.length).toBeGreaterThan(5)
    expect(check.uses.length + check.usesWithWrites.length).toBeGreaterThan(0)
  })
})
