import type { Sandbox } from '../../world/sandbox.ts'
import type { World } from '../../world/world.ts'

/** Sandboxes whose id or scenario has a text in it, in any case; the newest first. */
export function newestFirst(world: World, text = ''): Sandbox[] {
  const wanted = text.toLowerCase()
  const all = [...world.all()].reverse()
  return wanted === '' ? all : all.filter((one) => wordsOf(one).toLowerCase().includes(wanted))
}

const wordsOf = (one: Sandbox): string => `${one.id} ${one.peek().scenario.name}`
