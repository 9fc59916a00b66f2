import { expect, it } from 'vitest'
import { faultKinds } from '../../../src/scenarios/schema.ts'
import { control } from '../../support/control.ts'
import { inProcess } from '../../support/targets.ts'

it('a field that a fault does not take is refused, whatever its kind', async () => {
  const target = inProcess()
  for (const kind of faultKinds()) {
    const { status, json } = await control(target, 'POST', '/sandboxes/default/faults', { kind, nonsense: 1 })
    expect(status, JSON.stringify(json)).toBe(400)
    expect(json.detail).not.toBe('')
  }
})
