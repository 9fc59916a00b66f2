import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { citesClause } from '../../src/cli/mutants/kill-table.ts'
import { checks, findings, violations } from '../../src/cli/mutants/suite.ts'
import { bindingEvidence } from '../../src/contract/check.ts'
import { mutantAreas } from '../../src/mutants/mutant.ts'
import { mutants } from '../../src/mutants/mutants.ts'
import { sample } from '../support/judge.ts'

/** docs/mutants.md as data: what the whole run of the command found. */
const page = readFileSync(new URL('../../docs/mutants.md', import.meta.url), 'utf8')
const section = (from: string, to: string): string => page.slice(page.indexOf(from), page.indexOf(to))
const rows = (text: string): string[][] =>
  [...text.matchAll(/^\| `.*$/gm)].map(([line]) => line.split(/(?<!\\)\|/).slice(1, -1))
const names = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)

const caught = rows(section('\n## ', '\n## Deviations that no document forbids\n')).map(([mutant, , , by]) => ({
  mutant: names(mutant).join(),
  by: names(by),
}))
const noticed = rows(section('\n## Deviations that no document forbids\n', '\n## Checks\n')).map(
  ([mutant, , why, by]) => ({
    mutant: names(mutant).join(),
    why: (why ?? '').trim(),
    by: names(by),
  }),
)
const catching = rows(section('\n## Checks\n', '\n## Checks that only report')).map(([check, , , such]) => ({
  check: names(check).join(),
  mutant: names(such).join(),
}))
const reporting = rows(page.slice(page.indexOf('\n## Checks that only report'))).map(([check]) => names(check).join())

describe('the kill table in the docs', () => {
  it('names the mutants and the checks of today, each once', () => {
    const listed = [...caught, ...noticed].map(({ mutant }) => mutant)
    const remedy = 'after `npm run build`, `node dist/cli/main.js mutants --reporter markdown --out docs/mutants.md`'
    expect(listed.sort(), remedy).toEqual(mutants.map(({ name }) => name).sort())
    expect([...catching.map(({ check }) => check), ...reporting].sort(), remedy).toEqual(
      checks.map(({ id }) => id).sort(),
    )
  })

  it('says that nothing survives, nothing is caught under another rule, and no check is idle', () => {
    for (const what of [
      'survivors',
      'caught, but by no check that cites the broken rule',
      'checks that catch nothing',
    ]) {
      expect(page).toContain(`| ${what} | 0 |`)
    }
  })

  it('has only checks of level MAY among those that only report', () => {
    expect(checks.filter(({ id, level }) => reporting.includes(id) && level !== 'MAY')).toEqual([])
  })
})

// The whole suite against every mutant takes minutes and is a step of CI. Here a mutant meets the check that proves best
// that it is caught, and each check the mutant that shows best what it is for: every fifth, and in CI all.
describe.each(mutantAreas)('a mutant of %s', (area) => {
  const isCaught = ({ name }: { name: string }) => caught.some(({ mutant }) => mutant === name)
  const own = mutants.filter((mutant) => mutant.area === area).map((mutant) => [mutant.name, mutant] as const)
  const free = sample(
    own.filter(([, mutant]) => !isCaught(mutant)),
    5,
  )

  if (free.length > 0) {
    it.each(free)(
      '%s breaks no rule of a document, which the page gives the reason for, and is noticed',
      async (name, mutant) => {
        expect(bindingEvidence(mutant.clause)).toBe('inferred')
        const { why, by } = noticed.find((one) => one.mutant === name) ?? { why: '', by: [] }
        expect(why).toBe(mutant.clause.source.replaceAll('|', '\\|'))
        const quick = await findings(name, by)
        const found = quick.noticedBy.length > 0 ? quick : await findings(name)
        expect(found.caughtBy).toEqual([])
        expect(found.noticedBy.map(({ id }) => id)).toEqual(expect.arrayContaining(by.slice(0, 1)))
      },
    )
  }

  it.each(
    sample(
      own.filter(([, mutant]) => isCaught(mutant)),
      5,
    ),
  )('%s is caught by a check that names the rule it breaks', async (name, mutant) => {
    const [proof = ''] = caught.find((one) => one.mutant === name)?.by ?? []
    const further = catching.filter((one) => one.mutant === name).map(({ check }) => check)
    const expected = [...new Set([proof, ...further])]
    const quick = await violations(name, expected)
    const isEnough = expected.every((id) => quick.some((check) => check.id === id))
    // Some checks judge the answers that others have asked for: they need the whole run.
    const found = isEnough ? quick : await violations(name)
    expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining(expected))
    expect(found.some((check) => check.id === proof && citesClause(check, mutant))).toBe(true)
  })
})
