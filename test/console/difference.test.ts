import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { align, difference } from '../../src/console/views/difference.ts'

const line = fc.constantFrom('GET', '/a/', '/a', 'x=1', 'x-date:1', '', 'e3b0')
const lines = fc.array(line, { maxLength: 9 })

describe('lines side by side', () => {
  it('lose no line of either side and keep their order', () => {
    fc.assert(
      fc.property(lines, lines, (left, right) => {
        const pairs = align(left, right)
        expect(pairs.flatMap((pair) => pair.left ?? [])).toEqual(left)
        expect(pairs.flatMap((pair) => pair.right ?? [])).toEqual(right)
      }),
    )
  })

  it('stand at the same height when both sides are the same', () => {
    fc.assert(fc.property(lines, (all) => align(all, all).every(({ left, right }) => left === right)))
  })

  it('leave an empty place for the line that one side lacks', () => {
    expect(align(['a', 'c'], ['a', 'b', 'c'])).toEqual([
      { left: 'a', right: 'a' },
      { left: undefined, right: 'b' },
      { left: 'c', right: 'c' },
    ])
  })
})

describe('the difference of two lines', () => {
  it('puts together again what it took apart', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (left, right) => {
        const parts = difference(left, right)
        expect(parts.before + parts.left + parts.after).toBe(left)
        expect(parts.before + parts.right + parts.after).toBe(right)
      }),
    )
  })

  it('is the slash that is missing', () => {
    expect(difference('/koodrive/userList', '/koodrive/userList/')).toMatchObject({ left: '', right: '/' })
  })
})
