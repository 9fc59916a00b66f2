import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { z } from 'zod'
import { builtInScenario, builtInScenarios } from '../../src/scenarios/built-in.ts'
import { loadScenario, parseScenario, toScenario } from '../../src/scenarios/parse.ts'
import { scenarioJsonSchema } from '../../src/scenarios/schema.ts'
import { root } from '../support/source-files.ts'

const names = builtInScenarios.map((scenario) => [scenario.name, scenario] as const)

describe('a scenario file', () => {
  it.each(names)('of %s, as YAML or JSON, is as good as the built-in one', async (name, scenario) => {
    const folder = mkdtempSync(join(tmpdir(), 'koodrive-mock-'))
    try {
      for (const [ending, text] of [
        ['yaml', stringify(scenario)],
        ['json', JSON.stringify(scenario)],
      ] as const) {
        const file = join(folder, `${name}.${ending}`)
        writeFileSync(file, text)
        expect(await loadScenario(file)).toEqual(scenario)
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('that is not there is named, with the reason', async () => {
    await expect(loadScenario('/nowhere/mine.yaml')).rejects.toThrow('/nowhere/mine.yaml cannot be read: ENOENT')
  })

  /** The text of a file, and what its refusal says: line, path, what came, what is allowed, what was meant. */
  const mistakes: readonly [string, string][] = [
    ['nme: x', 'mine.yaml:1: scenario: there is no field "nme". Did you mean "name"? Allowed: name, title, teaches,'],
    ['name: A B', 'mine.yaml:1: name: expected at most 64 lower-case letters, digits and hyphens, got'],
    ['name: [', 'mine.yaml:1: '],
    [
      'name: a\nbatch:\n  rules:\n    - rows: {}\n      outcome: sucess',
      'mine.yaml:5: batch.rules[0].outcome: it does not take "sucess". Did you mean "success"? Allowed: success, exists, rival, fail, task-fails.',
    ],
    ['batch:\n  rules:\n    - rows: {}', 'mine.yaml:3: batch.rules[0].outcome: it is missing. Allowed: success,'],
    [
      'faults:\n  - kind: latncy',
      'mine.yaml:2: faults[0].kind: it does not take "latncy". Did you mean "latency"? Allowed: latency, error, throttle, reset, truncate, malformed, drip.',
    ],
    [
      'faults:\n  - kind: latency\n    delay: { mss: 1 }',
      'mine.yaml:3: faults[0].delay: there is no field "mss". Did you mean "ms"? Allowed: ms, minMs, maxMs, medianMs, sigma.',
    ],
    [
      'faults:\n  - kind: error\n    status: 302',
      'mine.yaml:3: faults[0].status: expected 200, or a number from 400 to 599, got 302.',
    ],
    [
      'batch:\n  rules:\n    - { rows: {}, outcome: fail, error: { code: 18000001 } }',
      'mine.yaml:3: batch.rules[0].error.msg: expected a string, got nothing.',
    ],
    [
      'readings:\n  code-tpe: x',
      'mine.yaml:2: readings: there is no field "code-tpe". Did you mean "code-type"? Allowed: code-type,',
    ],
    [
      'readings:\n  code-type: x',
      'mine.yaml:2: readings: Reading "code-type" does not take "x". Allowed: number, string.',
    ],
    ['directory: 5', 'mine.yaml:1: directory: expected an object with users, departments,'],
    ['directory:\n  users: -1', 'mine.yaml:2: directory.users: expected a number of at least 0, got -1.'],
    ['- a', 'mine.yaml:1: scenario: expected an object, got a list of 1.'],
    ['name: *x', 'mine.yaml:1: Unresolved alias'],
  ]
  it.each(mistakes)('with the mistake %j says where it is and what is allowed', async (text, message) => {
    const refusal = await parseScenario(text, 'mine.yaml').catch((error: Error) => error)
    expect(refusal).toMatchObject({ name: 'ScenarioError' })
    expect((refusal as Error).message.startsWith(message) ? message : (refusal as Error).message).toBe(message)
  })
})

describe('the name of a scenario', () => {
  it('that does not exist is refused with the nearest and all others', () => {
    expect(() => builtInScenario('duplicate')).toThrow(
      /"duplicate"\. Did you mean "duplicates"\? Built in: happy-path, /,
    )
  })
})

describe('the JSON Schema of a scenario', () => {
  it('is current in scenario.schema.json (npm run build writes it)', () => {
    expect(JSON.parse(readFileSync(`${root}scenario.schema.json`, 'utf8'))).toEqual(scenarioJsonSchema())
  })

  it('is shipped with the package', () => {
    const { files, exports } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
    expect(files).toContain('scenario.schema.json')
    expect(exports['./scenario.schema.json']).toBe('./scenario.schema.json')
  })

  const accepts = z.fromJSONSchema(scenarioJsonSchema() as never)
  it.each(names)('accepts %s', (_, scenario) => {
    expect(accepts.safeParse(scenario).error).toBeUndefined()
  })

  it('refuses what the loader refuses', () => {
    for (const wrong of [{ nme: 'x' }, { faults: [{ kind: 'latncy' }] }, { batch: { rowsPerSecond: 'fast' } }]) {
      expect(accepts.safeParse(wrong).success).toBe(false)
      expect(() => toScenario(wrong)).toThrow()
    }
  })
})
