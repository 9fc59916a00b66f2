import type { Operation } from '../../spec/operation.ts'

/** The task that a call asks about or has made, for the terminal; undefined when it names none. */
export function taskOf(operation: Operation | undefined, target: string, status: number, body: string) {
  if (operation?.id === 'query-batch-provisioning') return /[?&]taskId=(\d{1,20})(?:&|$)/.exec(target)?.[1]
  if (operation?.id !== 'create-batch-provisioning-task' || status !== 200) return undefined
  return /"data":"?(\d{1,20})/.exec(body)?.[1]
}
