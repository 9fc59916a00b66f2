import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createMock, type MockOptions } from '../../src/index.ts'
import { controlTools } from '../../src/mcp/tools.ts'
import { controlRoutes } from '../../src/mock/control-routes.ts'
import { organisationShape, sandboxInput } from '../../src/server/sandboxes/sandbox-options.ts'
import { root } from '../support/source-files.ts'

const wrong: [object, RegExp][] = [
  [{ users: -1 }, /^users: .*got -1\. Allowed: .*10,000,000/],
  [{ users: '5' }, /^users: .*"5"/],
  [{ departments: 0 }, /^departments: .*got 0\. Allowed: .*1 to 10,000/],
  [{ seed: 1.5 }, /^seed: .*1\.5/],
  [{ speed: 0 }, /^speed: /],
  [{ now: Number.NaN }, /^now: /],
  [{ now: 'yesterday' }, /^now: .*ISO 8601/],
  [{ maxJournal: -1 }, /^maxJournal: /],
  [{ user: 5 }, /there is no field "user".*users/],
  [{ control: { tokens: 'x' } }, /control/],
  [{ control: { token: '' } }, /control/],
  [{ scenario: 'duplicate' }, /duplicates/],
  [{ scenario: { fautls: [] } }, /faults/],
  [{ readings: { 'code-typ': 'string' } }, /code-type/],
  [{ mutant: 'envelope' }, /mutant/],
  [{ onExchange: 'log' }, /onExchange/],
]

describe('createMock', () => {
  it.each(wrong)('refuses %j and says what is allowed', (options, message) => {
    expect(() => createMock(options as MockOptions)).toThrow(message)
  })

  it('takes a time as ISO 8601 and as epoch milliseconds', () => {
    const iso = createMock({ now: '2026-04-16T08:00:00Z' })
    const epoch = createMock({ now: Date.UTC(2026, 3, 16, 8) })
    expect(iso.defaultSandbox.clock.read()).toEqual(epoch.defaultSandbox.clock.read())
  })

  it('takes undefined as left out', () => {
    expect(() => createMock({ users: undefined, now: undefined, mutant: undefined })).not.toThrow()
  })

  it('answers what fetch takes: text, URL, Request, each with or without more', async () => {
    const mock = createMock()
    const url = 'http://mock/koodrive/ose/v1/userList?offset=0&limit=1'
    const headers = { Authorization: `Bearer ${mock.credentials.tokens.admin}` }
    const answers = [
      mock.fetch(url, { headers }),
      mock.fetch(new URL(url), { headers }),
      mock.fetch(new Request(url, { headers })),
      mock.fetch(new Request(url), { headers }),
    ]
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200, 200])
  })
})

describe('the options of a sandbox', () => {
  const read = (file: string) => readFileSync(root + file, 'utf8')
  const ofSandbox = Object.keys(sandboxInput().shape)

  it.each(Object.keys(organisationShape()))('%s: a flag of serve and an option of a mock', (name) => {
    expect(read('docs/reference/flags.md')).toMatch(
      new RegExp(`^\\| \`--${name} <.*KOODRIVE_MOCK_${name.toUpperCase()}`, 'm'),
    )
    expect(read('src/mock/sandbox-options.ts').split('interface MockSandboxOptions')[0]).toContain(`readonly ${name}?:`)
  })

  it.each(ofSandbox)('%s: an option of mock.sandbox, a field of POST sandboxes, an argument for agents', (name) => {
    const tool = controlTools(controlRoutes).find((one) => one.name === 'create_sandbox')
    expect(read('src/mock/sandbox-options.ts')).toContain(`readonly ${name}?:`)
    const row = new RegExp(`^\\| \`${name}\` \\| [^|]+ \\| no \\| `, 'm')
    expect(row.test(read('docs/reference/control-plane.md')), name).toBe(true)
    expect(tool?.inputSchema['properties']).toHaveProperty(name)
  })
})
