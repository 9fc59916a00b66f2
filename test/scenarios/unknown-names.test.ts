import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { unknownFields } from '../../src/scenarios/unknown-names.ts'

const schema = z.object({
  name: z.string(),
  inner: z.object({ deptId: z.string() }).optional(),
  list: z.array(z.object({ phone: z.string() })).optional(),
})
const pathsIn = (value: unknown) => unknownFields(schema, value).map(({ path }) => path)

describe('the fields of a body that its schema does not list', () => {
  it.each<[unknown, string[]]>([
    [{ name: 'a', inner: { deptId: '1' }, list: [{ phone: '1' }] }, []],
    [{ nmae: 'a' }, ['nmae']],
    [{ inner: { a: 1, deptId: '1', b: 1 } }, ['inner.a', 'inner.b']],
    [{ list: [{ phone: '1' }, { mobile: '1', tel: '1' }, { fax: '1' }] }, ['list[1].mobile', 'list[1].tel']],
    [{ '[x]': 1, inner: { '[x]': 2 }, list: [{ '[0]': 1 }] }, ['[x]', 'inner.[x]', 'list[0].[0]']],
    [{ '.a': 1 }, ['.a']],
    [{ inner: [1], list: { phone: 1 } }, []],
    [[1], []],
    [null, []],
    [JSON.parse('{"__proto__":1,"constructor":1,"toString":1}'), ['__proto__', 'constructor', 'toString']],
  ])('%j: %j', (value, paths) => {
    expect(pathsIn(value)).toEqual(paths)
  })

  it('are all that it does not list, whatever they are called', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 })), (names) => {
        const value = JSON.parse(`{${names.map((name) => `${JSON.stringify(name)}:1`)}}`)
        const unlisted = Object.keys(value).filter((name) => !['name', 'inner', 'list'].includes(name))
        expect(pathsIn(value)).toEqual(unlisted)
      }),
    )
  })
})
