import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checks } from '../../src/contract/index.ts'
import { pages } from '../../src/spec/evidence.ts'
import type { Operation } from '../../src/spec/operation.ts'
import { operations } from '../../src/spec/operations.ts'

/** The pages of the API reference: the console and its manuals do not bind it. */
const reference = Object.entries(pages)
  .filter(([name]) => name !== 'memberGuide')
  .map(([, title]) => title.replace(/ \(.*\)$/, ''))

const rank = { documented: 'MUST', example: 'SHOULD', inferred: 'MAY' } as const

describe('the level of a check', () => {
  it.each(checks.map((check) => [check.id, check] as const))('%s follows from its evidence and source', (_, check) => {
    const { level, evidence, source, title } = check
    expect(level).toBe(rank[evidence])
    expect(title.startsWith(`${level} `)).toBe(true)
    if (evidence !== 'inferred') {
      expect(
        reference.some((page) => source.startsWith(page)),
        `${source} is a page of the reference`,
      ).toBe(true)
    }
  })

  it.each([
    'authentication.signature.absent-signed-header',
    'language.refusal',
    'preverify-batch-import.allocation-without-capacity',
    'preverify-batch-import.negative-capacity',
    'preverify-batch-import.beyond-free-capacity',
  ])('%s accuses nobody: no page states the rule', (id) => {
    expect(checks.find((check) => check.id === id)?.level).toBe('MAY')
  })
})

describe('the page about levels', () => {
  const page = readFileSync(new URL('../../docs/explanation/verdicts.md', import.meta.url), 'utf8')
  const rows = [...page.matchAll(/^\| `([\w.-]+)` \| (\w+|–) \| (\w+) \| (.+) \|$/gm)]

  it('lists each check that changed with the level of today and a reason', () => {
    expect(rows.length).toBeGreaterThan(40)
    for (const [, id, , now, why = ''] of rows) {
      expect(checks.find((check) => check.id === id)?.level, id).toBe(now)
      expect(why.length, id).toBeGreaterThan(20)
    }
  })

  it('lists every check of level MAY that has no reading to tell, but for operations that no page has', () => {
    const listed = new Set(rows.map(([, id]) => id))
    const ours = new Set<string>(
      (operations as readonly Operation[])
        .filter(({ page }) => page.evidence === 'inferred')
        .map(({ operationId }) => operationId),
    )
    const missing = checks.filter(
      ({ id, level, readings, operation }) =>
        level === 'MAY' && readings.length === 0 && !listed.has(id) && !ours.has(operation),
    )
    expect(
      missing.map(({ id }) => id),
      'a row each in docs/explanation/verdicts.md is missing',
    ).toEqual(['authentication.token.signature-instead', 'query-batch-provisioning.broken-rows-fail'])
  })
})
