import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { compilePlainRows } from '../../src/server/validation/plain-rows.ts'
import { createBatchProvisioningTask } from '../../src/spec/operations/create-batch-provisioning-task.ts'

const schema = z.object({
  list: z
    .array(z.object({ name: z.string().min(1), note: z.string().optional(), code: z.string().max(3).optional() }))
    .min(1)
    .max(4),
})
const readBytes = compilePlainRows(schema)
/** The body as it is read; undefined when it is not plain. */
function read(text: string): unknown {
  const rows = readBytes?.(Buffer.from(text))
  return rows && { list: (rows as unknown as { list: unknown }).list }
}

/** Step by step, as a reader of plain rows must agree with. */
function stepwise(text: string): unknown {
  try {
    const result = schema.safeParse(JSON.parse(text))
    return result.success ? result.data : undefined
  } catch {
    return undefined
  }
}

const word = fc.oneof(
  fc.string({ maxLength: 5 }),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
  fc.constantFrom('', 'a"b', 'a\\b', 'a\u0000', '\u2028', '王', '}', ']', ','),
)
const value = fc.oneof({ weight: 12, arbitrary: word }, fc.constantFrom(null, 1, true, [], {}))
const row = fc.oneof(
  fc.record({ name: value, note: value, code: value }, { requiredKeys: [] }),
  fc.record({ code: value, name: value }, { requiredKeys: [] }),
  fc.record({ name: value, other: value }, { requiredKeys: [] }),
)
const body = fc.oneof(
  { weight: 20, arbitrary: fc.record({ list: fc.array(row, { maxLength: 6 }) }) },
  fc.record({ list: fc.array(row), more: value }),
  fc.record({ users: fc.array(row) }),
  fc.json().map((text) => JSON.parse(text)),
)
const indent = fc.constantFrom(undefined, 1, '\t', '\r\n ')

describe('reading plain rows', () => {
  it('gives the texts of a field with those that are absent as empty ones', () => {
    for (const name of ['a', '王']) {
      const rows = readBytes?.(Buffer.from(`{"list":[{"name":"${name}","note":"x"},{"name":"b"}]}`))
      expect([0, 1].map((row) => rows?.field('name').at(row))).toEqual([name, 'b'])
      expect([0, 1].map((row) => rows?.field('note').at(row))).toEqual(['x', ''])
      expect([0, 1].map((row) => rows?.field('code').at(row))).toEqual(['', ''])
    }
  })

  it('leaves bytes that are no UTF-8 to them', () =>
    expect(
      readBytes?.(Buffer.from([...Buffer.from('{"list":[{"name":"'), 0xff, ...Buffer.from('"}]}')])),
    ).toBeUndefined())

  it('gives what parsing and validating gives, or leaves it to them', () => {
    fc.assert(
      fc.property(body, indent, (given, space) => {
        const text = JSON.stringify(given, undefined, space)
        const found = read(text)
        if (found !== undefined) expect(found).toEqual(stepwise(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('leaves a text that is no JSON to them, wherever it is broken', () => {
    const text = JSON.stringify(
      {
        list: [
          { name: 'a', note: 'b' },
          { code: 'c', name: 'd' },
        ],
      },
      undefined,
      1,
    )
    fc.assert(
      fc.property(
        fc.nat(text.length - 1),
        fc.constantFrom('', '"', ',', '}', ']', '\\', ' ', '\n', 'x', '\u0001'),
        (at, to) => {
          const broken = text.slice(0, at) + to + text.slice(at + 1)
          const found = read(broken)
          if (found !== undefined) expect(found).toEqual(stepwise(broken))
        },
      ),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['keys in any order', '{"list":[{"note":"b","name":"a"},{"name":"c","code":"1"}]}'],
    ['blanks and line breaks', ' {\n"list" :\t[ { "name" : "a" } , { "name":"b" } ]\r\n} '],
    ['texts beyond ASCII', '{"list":[{"name":"王小明"},{"name":"Zoë 😀"}]}'],
    ['the most rows that are allowed', '{"list":[{"name":"a"},{"name":"b"},{"name":"c"},{"name":"d"}]}'],
  ])('knows %s', (_, text) => {
    expect(read(text)).toEqual(JSON.parse(text))
    expect(read(text)).toEqual(stepwise(text))
  })

  it.each([
    ['a key that is given twice', '{"list":[{"name":"a","name":"b"}]}'],
    ['an escaped character', '{"list":[{"name":"\\u0041"}]}'],
    ['a key beyond the description', '{"list":[{"name":"a","x":"b"}]}'],
    ['__proto__', '{"list":[{"name":"a","__proto__":"b"}]}'],
    ['no rows', '{"list":[]}'],
    ['too many rows', `{"list":[${Array(5).fill('{"name":"a"}').join()}]}`],
    ['a text that is too short', '{"list":[{"name":""}]}'],
    ['a text that is too long', '{"list":[{"name":"a","code":"1234"}]}'],
    ['a field that is missing', '{"list":[{"note":"a"}]}'],
    ['a field that is null', '{"list":[{"name":"a","note":null}]}'],
    ['something behind the end', '{"list":[{"name":"a"}]} x'],
  ])('leaves %s to them', (_, text) => expect(read(text)).toBeUndefined())

  it.each([
    ['two fields', z.object({ list: z.array(z.object({ a: z.string() })), more: z.string() })],
    ['a refinement', z.object({ list: z.array(z.object({ a: z.string() }).refine(() => true)) })],
    ['a pattern', z.object({ list: z.array(z.object({ a: z.string().regex(/x/) })) })],
    ['a format', z.object({ list: z.array(z.object({ a: z.email() })) })],
    ['a transformation', z.object({ list: z.array(z.object({ a: z.string().trim() })) })],
    ['numbers', z.object({ list: z.array(z.object({ a: z.number() })) })],
    ['strict objects', z.object({ list: z.array(z.strictObject({ a: z.string() })) })],
  ])('does not take a schema with %s', (_, other) => expect(compilePlainRows(other)).toBeUndefined())

  it('takes the batch of createBatchProvisioningTask, example included', () => {
    const { body: batch, examples } = createBatchProvisioningTask
    const reader = compilePlainRows(batch)
    for (const { body: example } of Object.values(examples)) {
      const rows = reader?.(Buffer.from(JSON.stringify(example)))
      expect(rows).toHaveProperty('userList', example.userList)
    }
    expect(reader).toBeDefined()
  })
})
