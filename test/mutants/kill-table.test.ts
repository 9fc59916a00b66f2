import { describe, expect, it } from 'vitest'
import { citesClause, createKillTable, soleCatches } from '../../src/cli/mutants/kill-table.ts'
import { resultLine, summaryText, toJson, toMarkdown } from '../../src/cli/mutants/reports.ts'
import { defineMutants } from '../../src/server/mutants/mutant.ts'
import { documented, inferred } from '../../src/spec/evidence.ts'

const nothing = () => ({})
const [total, order, token] = defineMutants('list-users', [
  ['total', 'total is wrong', documented('listUsers', 'Table 3'), nothing],
  ['order', 'the order | changes', inferred('Pages need an order'), nothing],
  ['token', 'any token is taken', documented('listUsers', 'Table 2'), nothing],
]) as unknown as [never, never, never]

const counts = { id: 'list-users.total', source: documented('listUsers', 'Table 3, total').source }
const joins = { id: 'list-users.pages', source: documented('listUsers', 'Table 1').source }
const sleeps = { id: 'list-users.idle', source: 'nowhere' }

const table = createKillTable(
  [
    { mutant: total, caughtBy: [counts] },
    { mutant: order, caughtBy: [joins, counts] },
    { mutant: token, caughtBy: [] },
  ],
  [counts, joins, sleeps],
)

describe('the kill table', () => {
  it('names survivors and idle checks', () => {
    expect(table.survivors).toEqual([token])
    expect(table.idle).toEqual([sleeps])
    expect([...soleCatches(table)]).toEqual([[counts.id, [total]]])
  })

  it('names mutants that are caught only under another rule', () => {
    expect(citesClause(counts, total)).toBe(true)
    expect(citesClause(joins, total)).toBe(false)
    expect(citesClause(joins, order)).toBe(true)
    expect(table.misnamed).toEqual([])
    expect(createKillTable([{ mutant: total, caughtBy: [joins] }], [joins]).misnamed).toEqual([total])
  })

  it('is told on the terminal line by line, with a summary', () => {
    expect(table.results.map(resultLine).join('')).toMatch(/caught.*list-users\.total.*survives.*list-users\.token/s)
    expect(summaryText(table)).toMatch(/2 of 3 mutants caught by 2 of 3 checks\.\nSurvivors: list-users\.token/)
  })

  it('is written as JSON', () => {
    const { schema, summary, mutants, checks } = JSON.parse(toJson(table))
    expect(schema).toBe('koodrive-mock/mutants/1')
    expect(summary).toMatchObject({ mutants: 3, caught: 2, survivors: ['list-users.token'], idleChecks: [sleeps.id] })
    expect(mutants[1]).toMatchObject({ name: 'list-users.order', caughtBy: [joins.id, counts.id] })
    expect(checks[0]).toMatchObject({ id: counts.id, catches: ['list-users.total', 'list-users.order'] })
  })

  it('is written as Markdown whose cells hold together', () => {
    const text = toMarkdown(table)
    expect(text).toContain('| `list-users.order` | the order \\| changes |')
    expect(text).toContain('| `list-users.idle` | 0 | – |')
    const widths = text
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.split(/(?<!\\)\|/).length)
    expect(new Set(widths)).toEqual(new Set([5, 6]))
  })
})
