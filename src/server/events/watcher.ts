import { taskStatuses } from '../../spec/operations/query-batch-provisioning.ts'
import type { Task } from '../../world/batch/task.ts'
import type { ClockSetting } from '../../world/clock.ts'
import { toIso } from '../../world/instant.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import type { World } from '../../world/world.ts'
import { EventHub, type MockEvent } from './hub.ts'

/** A running clock that is so far off from where it should be was set. */
const JUMP_MS = 500

interface Seen {
  readonly sandbox: Sandbox
  /** Revision of the sandbox when it was looked at. */
  revision: number
  clock: ClockSetting
  /** Real time at which the clock was read. */
  at: number
  /** Commands applied when the tasks were looked through. */
  sequence: number
  /** Tasks that were not finished, with the progress that was last published. */
  readonly open: Map<string, string>
  /** Tasks from this sequence on are new. */
  newFrom: number
  /** Virtual time at which the tasks were looked at: while it stands still, they do. */
  lookedAt: number
}

/**
 * Finds out what changed in the sandboxes since it looked last: which came and went, clocks, tasks. Looking costs
 * nothing for a sandbox in which nothing was done and no task runs, so that a thousand of them can be watched.
 */
export class Watcher {
  readonly #world: World
  readonly #elapsed: () => number
  readonly #publish: (event: MockEvent) => void
  readonly #seen = new Map<string, Seen>()
  /** Changes of the world when it was last looked at. */
  #changes = -1

  constructor(world: World, elapsed: () => number, publish: (event: MockEvent) => void) {
    this.#world = world
    this.#elapsed = elapsed
    this.#publish = publish
  }

  /** Takes the present as known: only what happens from now on is published. */
  start(): void {
    this.#seen.clear()
    this.#changes = this.#world.changes
    for (const sandbox of this.#world.all()) this.#seen.set(sandbox.id, this.#first(sandbox))
  }

  stop(): void {
    this.#seen.clear()
  }

  look(): void {
    const { changes } = this.#world
    if (changes !== this.#changes) this.#trackSandboxes()
    this.#changes = changes
    for (const seen of this.#seen.values()) this.#lookAt(seen)
  }

  #trackSandboxes(): void {
    for (const [id, { sandbox }] of this.#seen) {
      if (this.#world.get(id) !== undefined) continue
      this.#seen.delete(id)
      this.#tell('sandbox', sandbox, { change: 'deleted' })
    }
    for (const sandbox of this.#world.all()) {
      const seen = this.#seen.get(sandbox.id)
      if (seen?.sandbox === sandbox) continue
      this.#tell('sandbox', sandbox, { change: seen === undefined ? 'created' : 'reset' })
      const fresh = { ...this.#first(sandbox), newFrom: 0, sequence: -1 }
      this.#seen.set(sandbox.id, fresh)
      this.#lookAtTasks(fresh)
    }
  }

  /** Thousands of sandboxes stand by while one is used: those to which nothing was done cost a comparison. */
  #lookAt(seen: Seen): void {
    const { revision } = seen.sandbox
    if (revision !== seen.revision) {
      seen.revision = revision
      this.#lookAtClock(seen)
      this.#lookAtTasks(seen)
    } else if (seen.open.size > 0 && seen.sandbox.clock.now() !== seen.lookedAt) {
      this.#lookAtTasks(seen)
    }
  }

  #first(sandbox: Sandbox): Seen {
    const { tasks, sequence } = sandbox.read()
    const open = new Map<string, string>()
    for (const task of tasks.all()) if (!task.isFinished) open.set(task.id, progressOf(task, sandbox.clock.now()))
    const clock = sandbox.clock.read()
    const { revision } = sandbox
    return { sandbox, revision, clock, at: this.#elapsed(), sequence, open, newFrom: sequence, lookedAt: clock.now }
  }

  #lookAtClock(seen: Seen): void {
    const { sandbox, clock: before } = seen
    const clock = sandbox.clock.read()
    const at = this.#elapsed()
    const expected = before.frozen ? before.now : before.now + (at - seen.at) * before.rate
    const jump = before.frozen ? 0 : JUMP_MS * Math.max(1, before.rate)
    const isSet = clock.frozen !== before.frozen || clock.rate !== before.rate || Math.abs(clock.now - expected) > jump
    seen.clock = clock
    seen.at = at
    if (isSet) this.#tell('clock', sandbox, { now: toIso(clock.now), frozen: clock.frozen, rate: clock.rate })
  }

  #lookAtTasks(seen: Seen): void {
    const { sandbox, open } = seen
    const { tasks, sequence } = sandbox.read()
    const now = sandbox.clock.now()
    seen.lookedAt = now
    if (sequence !== seen.sequence) {
      for (const task of tasks.all()) if (task.sequence >= seen.newFrom) open.set(task.id, '')
      seen.sequence = sequence
      seen.newFrom = sequence
    }
    for (const [taskId, before] of open) {
      const task = tasks.get(taskId)
      const progress = task === undefined ? before : progressOf(task, now)
      if (task !== undefined && progress !== before) this.#tell('task', sandbox, taskView(task, now))
      if (task === undefined || task.isFinished) open.delete(taskId)
      else open.set(taskId, progress)
    }
  }

  #tell(type: MockEvent['type'], { id }: Sandbox, data: Readonly<Record<string, unknown>>): void {
    this.#publish({ type, sandbox: id, data })
  }
}

const progressOf = (task: Task, now: number): string => `${task.statusAt(now)} ${task.settled}`

const stateOf = new Map<string, string>(Object.entries(taskStatuses).map(([state, status]) => [status, state]))

function taskView(task: Task, now: number): Readonly<Record<string, unknown>> {
  const { success, existing, failed } = task.counts
  const status = task.statusAt(now)
  const counts = { totalCount: task.total, settled: task.settled, success, existing, failed }
  return { taskId: task.id, status, state: stateOf.get(status), ...counts }
}

/** How often the sandboxes are looked at while somebody listens, in real milliseconds. */
const LOOK_MS = 250

/**
 * A hub that watches the sandboxes of a world while somebody listens, and costs nothing while nobody does. `onLook` may
 * bring along what other processes have done.
 */
export function createWatchedHub(world: World, elapsed: () => number, onLook = () => {}): EventHub {
  let timer: NodeJS.Timeout | undefined
  const hub: EventHub = new EventHub({
    onFirst() {
      watcher.start()
      timer = setInterval(() => {
        onLook()
        watcher.look()
      }, LOOK_MS)
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
