import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Agenda, type Source } from '../../src/world/batch/agenda.ts'

it('lets events happen in order of due time, the lower sequence first, and none before its time', () => {
  const plans = fc.array(fc.array(fc.nat(20), { maxLength: 6 }), { maxLength: 8 })
  fc.assert(
    fc.property(plans, fc.array(fc.nat(25), { maxLength: 5 }), (dues, times) => {
      const agenda = new Agenda()
      const happened: [number, number][] = []
      dues.forEach((plan, sequence) => {
        const left = [...plan].sort((a, b) => a - b)
        const source: Source = {
          sequence,
          get nextDue() {
            return left[0]
          },
          step(at) {
            left.shift()
            happened.push([at, sequence])
          },
        }
        agenda.add(source)
      })
      let latest = -1
      for (const now of [...times, 100]) {
        agenda.settle(now)
        latest = Math.max(latest, now)
        expect(happened).toHaveLength(dues.flat().filter((due) => due <= latest).length)
      }
      expect(happened).toEqual([...happened].sort(([a, x], [b, y]) => a - b || x - y))
    }),
  )
})
