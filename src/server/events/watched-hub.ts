import type { World } from '../../world/world.ts'
import { EventHub } from './hub.ts'
import { Watcher } from './watcher.ts'

/** How often the sandboxes are looked at while somebody listens, in real milliseconds. */
const LOOK_MS = 250

/** A hub that watches the sandboxes of a world while somebody listens, and costs nothing while nobody does. */
export function createWatchedHub(world: World, elapsed: () => number): EventHub {
  let timer: NodeJS.Timeout | undefined
  const hub: EventHub = new EventHub({
    onFirst() {
      watcher.start()
      timer = setInterval(() => watcher.look(), LOOK_MS)
      timer.unref()
    },
    onLast() {
      clearInterval(timer)
      watcher.stop()
    },
  })
  const watcher = new Watcher(world, elapsed, (event) => hub.publish(event))
  return hub
}
