import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checks } from '../../src/contract/checks.ts'
import { mutants } from '../../src/mutants/mutants.ts'
import { errorEntry } from '../../src/spec/errors.ts'
import type { Operation } from '../../src/spec/operation.ts'
import { operations as typed } from '../../src/spec/operations.ts'

const operations: readonly Operation[] = typed
const folderOf = (room: string) => new URL(`../../src/${room}`, import.meta.url)
const filesOf = (room: string) => readdirSync(folderOf(room))

describe('the list of operations', () => {
  it('names every operation once, by the same words in kebab-case and camelCase', () => {
    for (const { id, operationId } of operations) {
      expect(operationId).toBe(id.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()))
    }
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length)
    expect(new Set(operations.map(({ method, path }) => `${method} ${path}`)).size).toBe(operations.length)
  })

  it('holds exactly the files of its room', () => {
    expect(filesOf('spec/operations').sort()).toEqual(operations.map(({ id }) => `${id}.ts`).sort())
  })

  it('has checks of the contract for every operation', () => {
    const checked = new Set(checks.map(({ operation }) => operation))
    for (const { operationId } of operations) expect(checked).toContain(operationId)
  })
})

describe.each(operations.map((operation) => [operation.operationId, operation] as const))('%s', (_, operation) => {
  it('has an example whose body, query and answer validate', () => {
    expect(Object.keys(operation.examples).length).toBeGreaterThan(0)
    for (const { body, params, query, headers, response } of Object.values(operation.examples)) {
      expect(operation.body?.strict().safeParse(body).error).toBeUndefined()
      expect(operation.params?.strict().safeParse(params).error).toBeUndefined()
      expect(operation.headers?.strict().safeParse(headers).error).toBeUndefined()
      expect(operation.response.strict().safeParse(response).error).toBeUndefined()
      for (const name of Object.keys(query ?? {})) expect(Object.keys(operation.query?.shape ?? {})).toContain(name)
    }
  })

  it('declares refusals that the error table knows, each once', () => {
    expect(new Set(operation.errors).size).toBe(operation.errors.length)
    for (const name of operation.errors) expect(errorEntry(name).status).toBeGreaterThanOrEqual(400)
  })

  it('can always refuse a bad parameter and a caller it does not know', () => {
    expect(operation.errors).toContain('verifyParametersFailed')
    if (operation.operationId !== 'getAuthCodeUrl') expect(operation.errors).toContain('unauthorized')
  })

  it('has a schema for each parameter of its path, and no other', () => {
    const named = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(Object.keys(operation.params?.shape ?? {})).toEqual(named)
  })

  it('has its checks and mutants in the files that a command writes', () => {
    const lacking = (file: string, names: readonly string[]): string[] => {
      const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
      return names.filter((name) => !text.includes(name))
    }
    const own = checks.filter((check) => check.operation === operation.operationId).map(({ id }) => `${id}: `)
    const listChecks = '`npx vitest run test/contract/plan.test.ts --update` writes them'
    expect.soft(lacking('test/contract/checks.txt', own), listChecks).toEqual([])
    const deviations = mutants.filter(({ area }) => area === operation.id).map(({ name }) => `\`${name}\``)
    const listMutants =
      'after `npm run build`, `node dist/cli/main.js mutants --reporter markdown --out docs/mutants.md` writes them'
    expect(lacking('docs/mutants.md', deviations), listMutants).toEqual([])
  })

  it('links only to operations and parameters that exist, from fields that its answer has', () => {
    for (const { operationId, query = {}, params = {} } of operation.links ?? []) {
      const target = operations.find((other) => other.operationId === operationId)
      for (const [place, pointers] of Object.entries({ query, params })) {
        for (const [name, pointer] of Object.entries(pointers)) {
          expect(Object.keys(target?.[place as 'query' | 'params']?.shape ?? {})).toContain(name)
          expect(Object.keys(operation.response.shape)).toContain(pointer.split('/')[1])
        }
      }
    }
  })
})
