import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { run } from '../../src/cli/run.ts'
import { builtInScenarios } from '../../src/scenarios/built-in.ts'
import { root } from '../support/source-files.ts'

async function cli(...args: string[]) {
  let out = ''
  let err = ''
  const streams = {
    out: (text: string) => {
      out += text
    },
    err: (text: string) => {
      err += text
    },
  }
  return { code: await run(args, streams), out, err }
}

describe('koodrive-mock scenarios', () => {
  it('lists every built-in scenario with its title, one a line', async () => {
    const { code, out } = await cli('scenarios')
    expect(code).toBe(0)
    const lines = out.trimEnd().split('\n')
    expect(lines).toHaveLength(builtInScenarios.length)
    for (const [index, { name, title }] of builtInScenarios.entries()) {
      expect(lines[index]).toContain(name)
      expect(lines[index]).toContain(title)
    }
  })

  it.each(builtInScenarios.map((scenario) => [scenario.name, scenario] as const))(
    'shows %s as a file that says the same',
    async (name, scenario) => {
      expect(parse((await cli('scenarios', name)).out)).toEqual(scenario)
      expect(JSON.parse((await cli('scenarios', name, '--format', 'json')).out)).toEqual(scenario)
    },
  )

  it('lists as JSON with what each teaches', async () => {
    const { out } = await cli('scenarios', '--format', 'json')
    expect(JSON.parse(out).map(({ name }: { name: string }) => name)).toEqual(builtInScenarios.map(({ name }) => name))
  })

  it('prints the JSON Schema of a scenario file', async () => {
    const { out } = await cli('scenarios', '--schema')
    expect(out).toBe(readFileSync(`${root}scenario.schema.json`, 'utf8'))
  })

  it.each([
    [['scenarios', 'duplicate'], /Did you mean "duplicates"/],
    [['scenarios', '/nowhere.yaml'], /nowhere\.yaml cannot be read: ENOENT/],
    [['scenarios', 'race', '--format', 'xml'], /yaml, json/],
    [['--port', '0', '--log', '/nowhere.json'], /--log \/nowhere\.json cannot be read: ENOENT/],
    [['--port', '0', '--log', `${root}LICENSE`], /--log .* is not JSON/],
    [['--port', '0', '--log', `${root}package.json`], /--log .*package\.json: .*Allowed: koodrive-mock-log/],
    [['--port', '0', '--scenario', 'duplicate'], /Did you mean "duplicates"/],
  ])('%j ends with 2 and says what is allowed', async (args, message) => {
    const { code, err } = await cli(...args)
    expect(err).toMatch(message)
    expect(code).toBe(2)
  })
})
