import { documented, type Provenance } from '../../spec/evidence.ts'
import type { Exchange } from '../exchange.ts'
import { CheckFailure } from '../outcome.ts'
import { hasFailed, isGiven, type PolledTask, storedPhone } from '../probes/tasks.ts'

/** What the pages promise across calls, each with where they do. */
export const promises = {
  'own-task': documented('createBatch', 'Table 4, data: each task has an id of its own'),
  'right-task': documented('queryBatch', 'Table 6, taskId'),
  progress: documented('queryBatch', 'Table 6, status and counts; Table 5, registerList'),
  rows: documented('queryBatch', 'Table 4, registerList; Table 5'),
  'one-user': documented('queryBatch', 'Table 5, userId; the example skips a phone that has a user'),
  pages: documented('queryBatch', 'Table 1, cursor; Table 4, nextPageCursor'),
  listed: documented('listUsers', 'Table 1, Table 3; Table 4, userId'),
  deleted: documented('deleteUser', 'page'),
  tree: documented('updateDepartment', 'request table, parentId; GetDepartmentList, answer table, parentId'),
  walk: documented('listUsers', 'Table 1, offset and limit'),
} as const satisfies Readonly<Record<string, Provenance>>
export type PromiseName = keyof typeof promises

/** A broken promise: what a check would say, and which one it is. */
export class Difference extends CheckFailure {
  readonly promise: PromiseName

  constructor(promise: PromiseName, expected: string, got: string, ...exchanges: readonly Exchange[]) {
    super({ expected, got, exchanges })
    this.promise = promise
  }
}

/** A department of the sequence, and the call that put it where it is. */
export interface KnownDepartment {
  readonly id: string
  readonly name: string
  parentId: string
  proof: Exchange
}

/** A task as its creator and its watchers know it. */
export interface KnownTask {
  readonly id: string
  readonly phones: readonly string[]
  readonly created: Exchange
  /** The last poll that was answered before another one was sent. */
  seen: PolledTask | undefined
}

const count = (value: unknown): number => (typeof value === 'number' ? value : 0)
const settled = ({ success, failed, skipped }: PolledTask): number => count(success) + count(failed) + count(skipped)
export const isEnded = ({ status }: PolledTask): boolean => status === '2' || status === '3'

/**
 * What may be said of a service after some calls, by the pages alone: which tasks there are, what each has shown, whose
 * phone is whose. It knows nothing of how a service works.
 */
export class Model {
  readonly tasks: KnownTask[] = []
  readonly departments: KnownDepartment[] = []
  /** Users that were deleted, and the call that did it. */
  readonly deleted = new Map<string, Exchange>()
  /** Operations that the target does not offer, or does not let the caller do. */
  readonly lacks = new Set<string>()
  /** The user of each phone, once a row has named it. */
  readonly owners = new Map<string, { readonly userId: string; readonly exchange: Exchange }>()
  /** Rows that provisioned somebody: a phone has one. */
  readonly #provisioned = new Map<string, string>()

  addTask(id: string, phones: readonly string[], created: Exchange): void {
    const same = this.tasks.find((task) => task.id === id)
    if (same !== undefined) {
      throw new Difference('own-task', 'a task id that no other task has', `${id} twice`, same.created, created)
    }
    this.tasks.push({ id, phones, created, seen: undefined })
  }

  /** Looks at a poll; `isAfter` when it was sent after the last one was answered. */
  seePoll(task: KnownTask, view: PolledTask, taskId: unknown, isAfter: boolean): void {
    const { exchange } = view
    const size = task.phones.length
    if (taskId !== task.id)
      throw new Difference('right-task', `taskId ${task.id}`, `taskId ${String(taskId)}`, exchange)
    if (view.total !== size) throw new Difference('progress', `totalCount ${size}`, `${String(view.total)}`, exchange)
    const due = settled(view)
    if (view.status === '2' ? due !== size : due > size) {
      throw new Difference(
        'progress',
        `${view.status === '2' ? '' : 'at most '}${size} users in the counts`,
        `${due}`,
        exchange,
      )
    }
    const phones = new Set(task.phones.map(storedPhone))
    const stranger = view.rows.find(({ phone }) => !phones.has(storedPhone(phone)))
    if (stranger !== undefined) {
      throw new Difference('rows', 'rows of submitted phones only', `a row of ${String(stranger['phone'])}`, exchange)
    }
    if (view.rows.length > size) throw new Difference('rows', `at most ${size} rows`, `${view.rows.length}`, exchange)
    if (isAfter && task.seen !== undefined) this.#compare(task.seen, view)
    for (const row of view.rows) this.#seeRow(row, exchange)
    if (isEnded(view) && view.status === '2' && view.rows.length !== size) {
      throw new Difference('rows', `${size} rows of a task that is done`, `${view.rows.length}`, exchange)
    }
    if (isAfter) task.seen = view
  }

  #compare(before: PolledTask, after: PolledTask): void {
    const proof = [before.exchange, after.exchange]
    if (Number(after.status) < Number(before.status)) {
      throw new Difference(
        'progress',
        `status ${String(before.status)} or later`,
        `status ${String(after.status)}`,
        ...proof,
      )
    }
    for (const key of ['success', 'failed', 'skipped'] as const) {
      if (count(after[key]) >= count(before[key])) continue
      throw new Difference('progress', `at least ${count(before[key])} users ${key}`, `${count(after[key])}`, ...proof)
    }
    const key = (row: Readonly<Record<string, unknown>>): string =>
      [storedPhone(row['phone']), row['userId'] ?? '', row['code'] ?? ''].join(' ')
    const later = after.rows.map(key)
    for (const row of before.rows) {
      const at = later.indexOf(key(row))
      if (at < 0) throw new Difference('rows', `the row ${key(row)} of the poll before`, 'no such row', ...proof)
      later.splice(at, 1)
    }
  }

  /** A phone belongs to one user, whichever task names it. */
  #seeRow(row: Readonly<Record<string, unknown>>, exchange: Exchange): void {
    const { userId, phone, id } = row
    if (typeof userId !== 'string' || !isGiven(userId) || this.deleted.has(userId)) return
    const key = storedPhone(phone)
    const known = this.owners.get(key)
    if (known !== undefined && known.userId !== userId) {
      throw new Difference(
        'one-user',
        `userId ${known.userId} for ${String(phone)}`,
        `userId ${userId}`,
        known.exchange,
        exchange,
      )
    }
    this.owners.set(key, { userId, exchange: known?.exchange ?? exchange })
    if (hasFailed(row)) return
    const place = `${String(id)} ${exchange.spec.query?.replace(/[&?](?:cursor|pageSize)=[^&]*/g, '') ?? ''}`
    const first = this.#provisioned.get(key)
    if (first !== undefined && first !== place) {
      throw new Difference('one-user', `one row that provisions ${String(phone)}`, 'two', exchange)
    }
    this.#provisioned.set(key, place)
  }

  /** A user is gone: the phone can be provisioned anew. */
  remove(userId: string, exchange: Exchange): void {
    this.deleted.set(userId, exchange)
    for (const [phone, owner] of this.owners) {
      if (owner.userId !== userId) continue
      this.owners.delete(phone)
      this.#provisioned.delete(phone)
    }
  }

  /** Whether a task may still be provisioning somebody. */
  isBusy(): boolean {
    return this.tasks.some(({ seen }) => seen === undefined || !isEnded(seen))
  }

  /** Users that must be listed by now: those of tasks that were seen to have ended. */
  due(): readonly string[] {
    const ended = this.tasks.flatMap(({ seen }) => (seen !== undefined && isEnded(seen) ? seen.rows : []))
    const users = ended.flatMap((row) => (!hasFailed(row) && typeof row['userId'] === 'string' ? [row['userId']] : []))
    return users.filter((userId) => !this.deleted.has(userId))
  }
}
