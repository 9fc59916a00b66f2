/** Tasks that a sandbox keeps; the oldest that are over go first. */
const TASKS_KEPT = 10_000
/** Codes that a sandbox keeps; the oldest go first. */
const CODES_KEPT = 1000

/** Kinds of tasks. createTask, `taskType`. */
export const managementTaskTypes = { transfer: 0, import: 1 } as const

/** States of tasks. getTaskList, `status`. */
export const managementTaskStatuses = { new: 0, executing: 1, success: 2, failed: 3 } as const

/** A user of an import that was not imported. */
interface ImportFailure {
  readonly userName: string
  readonly reason: string
}

/** A task of /v1/task. */
export interface ManagementTask {
  readonly id: string
  readonly name: string
  readonly type: number
  /** KooDrive id of the user who created it; undefined for an application. */
  readonly creator: string | undefined
  /** Virtual epoch milliseconds; no two tasks have the same. */
  readonly createdAt: number
  startedAt: number | undefined
  endedAt: number | undefined
  status: number
  /** Why it failed, in words; undefined unless it did. */
  failure: string | undefined
  /** Users imported; 0 for other tasks. */
  imported: number
  readonly importFailures: ImportFailure[]
}

/** What a list of tasks selects. */
interface TaskSelection {
  readonly type?: number | undefined
  /** Any of these; any at all when absent or empty. */
  readonly statuses?: readonly number[] | undefined
  /** Any task when absent. */
  readonly isVisible?: ((task: ManagementTask) => boolean) | undefined
}

/** A page of tasks, oldest first, and the cursor of the next one; undefined on the last page. */
interface TaskPage {
  readonly tasks: readonly ManagementTask[]
  readonly next: number | undefined
}

/** The tasks of /v1/task of a sandbox, oldest first. */
export class ManagementTasks {
  readonly #tasks = new Map<string, ManagementTask>()
  /** Tasks that were open when somebody looked. */
  readonly #open: ManagementTask[] = []

  /** Whether a task is not over yet. */
  get isBusy(): boolean {
    for (const { endedAt } of this.#open) if (endedAt === undefined) return true
    this.#open.length = 0
    return false
  }

  get(id: string): ManagementTask | undefined {
    return this.#tasks.get(id)
  }

  add(task: ManagementTask): void {
    this.#tasks.set(task.id, task)
    this.#open.push(task)
    if (this.#tasks.size <= TASKS_KEPT) return
    for (const { id, endedAt } of this.#tasks.values()) {
      if (endedAt === undefined) continue
      this.#tasks.delete(id)
      return
    }
  }

  /** The newest task of a type, of those that the caller may see. */
  newest(type: number, isVisible: (task: ManagementTask) => boolean = () => true): ManagementTask | undefined {
    return [...this.#tasks.values()].findLast((task) => task.type === type && isVisible(task))
  }

  /** Up to `limit` tasks created at `cursor` or later. The cursor is the creation time of the first task of a page. */
  page({ type, statuses = [], isVisible = () => true }: TaskSelection, cursor: number, limit: number): TaskPage {
    const tasks: ManagementTask[] = []
    for (const task of this.#tasks.values()) {
      if (task.createdAt < cursor || (type !== undefined && task.type !== type)) continue
      if (statuses.length > 0 && !statuses.includes(task.status)) continue
      if (!isVisible(task)) continue
      if (tasks.length === limit) return { tasks, next: task.createdAt }
      tasks.push(task)
    }
    return { tasks, next: undefined }
  }
}

/** An authorization code: redeemed once, within its time. */
interface AuthCode {
  readonly code: string
  /** KooDrive id of the user who signed in; undefined for a well-known administrator of an organisation without users. */
  readonly userId: string
  /** Virtual epoch milliseconds. */
  readonly expiresAt: number
  isUsed: boolean
}

/** The authorization codes of a sandbox. Used and expired ones stay known for a while, so that a refusal can say so. */
export class AuthCodes {
  readonly #codes = new Map<string, AuthCode>()

  get(code: string): AuthCode | undefined {
    return this.#codes.get(code)
  }

  add(code: AuthCode): void {
    this.#codes.set(code.code, code)
    const oldest = this.#codes.size > CODES_KEPT ? this.#codes.keys().next().value : undefined
    if (oldest !== undefined) this.#codes.delete(oldest)
  }
}
