import { describe, expect, it } from 'vitest'
import { violations } from '../../src/cli/mutants/suite.ts'
import { run } from '../../src/cli/run.ts'

/** A command line run in process. */
async function ended(...args: string[]) {
  let [out, err] = ['', '']
  const code = await run(args, {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
  })
  return { code, out, err }
}

describe('the contract suite', () => {
  it('does not blame the correct mock', async () => {
    expect(await violations(undefined)).toEqual([])
  })

  it.each([
    ['list-users.offset-ignored', 'list-users.pages-join'],
    ['list-users.record-repeated', 'list-users.no-repeats'],
    ['list-users.page-of-100-short', 'list-users.walk'],
    ['list-user-spaces.limit-plus-one', 'list-user-spaces.page-size'],
    ['list-user-spaces.total-of-page', 'list-user-spaces.total'],
  ])('catches %s by %s', async (mutant, check) => {
    expect((await violations(mutant)).map(({ id }) => id)).toContain(check)
  })
})

describe('koodrive-mock mutants', () => {
  it('prints who caught each mutant and ends with 0 when none survives', async () => {
    const { code, out, err } = await ended('mutants', '--only', 'list-users.offset-ignored')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/caught .*list-users\.offset-ignored.*by list-users\..*\n\n1 of 1 mutants caught by/s)
  })

  it('ends with 1 when a mutant survives', async () => {
    const { code, out, err } = await ended('mutants', '--reporter', 'json', '--only', 'trace-id.echo-cut')
    const { summary } = JSON.parse(out)
    if (summary.survivors.length === 0) expect(code).toBe(0)
    else expect({ code, err }).toEqual({ code: 1, err: 'koodrive-mock: 1 mutant survives.\n' })
  })

  it('writes its report to a file, or says why it cannot', async () => {
    const { code, err } = await ended('mutants', '--list', '--out', '/nowhere/at/all.json')
    expect({ code, err }).toEqual({
      code: 1,
      err: 'koodrive-mock: --out /nowhere/at/all.json cannot be written: ENOENT.\n',
    })
  })
})
