import { describe, expect, it } from 'vitest'
import { catchesOf, citations, citesClause, createKillTable, soleCatchesOf } from '../../src/cli/mutants/kill-table.ts'
import { resultLine, summaryText, toJson, toMarkdown } from '../../src/cli/mutants/reports.ts'
import { defineMutants } from '../../src/mutants/mutant.ts'
import { documented, inferred } from '../../src/spec/evidence.ts'

const nothing = () => ({})
const [total, order, token] = defineMutants('list-users', [
  ['total', 'total is wrong', documented('listUsers', 'Table 3'), nothing],
  ['order', 'the order | changes', inferred('Pages need an order'), nothing],
  ['token', 'any token is taken', documented('listUsers', 'Table 2'), nothing],
]) as unknown as [never, never, never]

const check = (id: string, level: 'MUST' | 'MAY', source: string) => ({ id, level, source })
const counts = check('list-users.total', 'MUST', documented('listUsers', 'Table 3, total').source)
const joins = check('list-users.pages', 'MUST', documented('listUsers', 'Table 1').source)
const sleeps = check('list-users.idle', 'MUST', 'nowhere')
const tells = check('list-users.reading', 'MAY', 'somewhere')

const table = createKillTable(
  [
    { mutant: total, caughtBy: [counts], noticedBy: [] },
    { mutant: order, caughtBy: [joins, counts], noticedBy: [] },
    { mutant: token, caughtBy: [], noticedBy: [] },
  ],
  [counts, joins, sleeps, tells],
)

describe('the kill table', () => {
  it('names survivors and idle checks', () => {
    expect(table.survivors).toEqual([token])
    expect(table.idle).toEqual([sleeps])
    expect([soleCatchesOf(counts, table), soleCatchesOf(joins, table)]).toEqual([1, 0])
    expect(catchesOf(counts, table)).toEqual([total, order])
  })

  it('does not blame a check of level MAY: it never finds a violation', () => {
    expect(table.reporting).toEqual([tells])
  })

  it('names the check first that catches least else, of those that cite the rule', () => {
    expect(table.results[1]?.caughtBy).toEqual([joins, counts])
  })

  it('names mutants that are caught only under another rule', () => {
    expect(citesClause(counts, total)).toBe(true)
    expect(citesClause(joins, total)).toBe(false)
    expect(citesClause(joins, order)).toBe(true)
    expect(table.misnamed).toEqual([])
    expect(createKillTable([{ mutant: total, caughtBy: [joins], noticedBy: [] }], [joins]).misnamed).toEqual([total])
  })

  it('is told on the terminal line by line, with a summary', () => {
    expect(table.results.map((result) => resultLine(result)).join('')).toMatch(
      /caught.*list-users\.total.*survives.*list-users\.token/s,
    )
    expect(summaryText(table, false)).not.toMatch(/caught nothing/)
    expect(summaryText(table, true)).toMatch(
      /2 of 3 mutants caught by 2 of 4 checks; 1 further checks only report\.\nSurvivors: list-users\.token.*caught nothing/s,
    )
  })

  it('is written as JSON', () => {
    const { schema, summary, mutants, checks } = JSON.parse(toJson(table))
    expect(schema).toBe('koodrive-mock/mutants/1')
    expect(summary).toMatchObject({ mutants: 3, caught: 2, survivors: ['list-users.token'], idleChecks: [sleeps.id] })
    expect(mutants[1]).toMatchObject({ name: 'list-users.order', caughtBy: [joins.id, counts.id], noticedBy: [] })
    expect(checks[0]).toMatchObject({
      id: counts.id,
      catches: ['list-users.total', 'list-users.order'],
      catchesAlone: 1,
    })
  })

  it('is written as Markdown whose cells hold together', () => {
    const text = toMarkdown(table)
    expect(text).toContain('| `list-users.order` | the order \\| changes |')
    expect(text).toContain('| checks that catch nothing | `list-users.idle` |')
    expect(text).toContain('| `list-users.total` | 2 | 1 | `list-users.total` |')
    for (const part of text.split('\n## ')) {
      const rows = part.split('\n').filter((line) => line.startsWith('|'))
      expect(new Set(rows.map((line) => line.split(/(?<!\\)\|/).length)).size, part).toBe(1)
    }
  })
})

describe('the citations of a source', () => {
  it.each([
    [documented('listUsers', 'Table 3 and example'), ['Listing Users, Table 3', 'Listing Users, example']],
    [
      documented('createBatch', 'Tables 2 and 3'),
      ['Creating a Batch Provisioning Task, Table 2', 'Creating a Batch Provisioning Task, Table 3'],
    ],
    [documented('signing', 'koodrive_05_0034'), ['App authentication, koodrive_05_0034']],
    [documented('statusCodes', '200'), ['Status codes, 200']],
    [inferred('No page says so'), []],
  ] as const)('of %o are the places of the pages it names', ({ source }, places) => {
    expect([...citations(source)]).toEqual(places)
  })
})
