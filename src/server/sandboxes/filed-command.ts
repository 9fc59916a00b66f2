import type { BatchRows } from '../../world/batch/task.ts'
import type { Command } from '../../world/commands.ts'

type CreateTask = Extract<Command, { type: 'create-task' }>

/** A command as a file holds it: the rows of a batch as lists. */
export type FiledCommand =
  | Exclude<Command, CreateTask>
  | (Omit<CreateTask, 'rows'> & {
      readonly rows: Pick<BatchRows, 'problems'> & {
        readonly phones: readonly string[]
        readonly names: readonly string[]
      }
    })
