import { isRecord } from '../../client/json.ts'
import { createBatchProvisioningTask } from '../../spec/operations/create-batch-provisioning-task.ts'
import { toCurl } from '../curl.ts'
import type { Exchange } from '../exchange.ts'
import { isSuccess } from '../judge.ts'

/** A call of the script: one line, and how it is repeated. */
interface Call {
  readonly exchange: Exchange
  readonly line: string
  readonly isRepeated: boolean
}

const sameSpec = (one: Exchange, other: Exchange): boolean => JSON.stringify(one.spec) === JSON.stringify(other.spec)

/**
 * The calls of a sequence as a shell script: what was in flight together runs together, a call that was repeated until it
 * changed is one line. Ids of tasks and the number of the run are variables, so the script can be run again.
 */
export function toScript(
  calls: readonly (readonly Exchange[])[],
  baseUrl: string,
  prefix: string,
  conceal: (text: string) => string,
): { readonly lines: readonly string[]; readonly script: string } {
  const groups: Call[][] = []
  const tasks = new Map<string, string>()
  for (const group of calls) {
    const [only] = group
    const last = groups.at(-1)
    if (
      group.length === 1 &&
      only !== undefined &&
      last?.length === 1 &&
      last[0] !== undefined &&
      only.spec.method === 'GET' &&
      sameSpec(last[0].exchange, only)
    ) {
      groups[groups.length - 1] = [{ ...last[0], isRepeated: true }]
      continue
    }
    groups.push(group.map((exchange) => ({ exchange, line: toCurl(exchange.spec, baseUrl), isRepeated: false })))
  }
  const digits = prefix.replace(/^\D+/, '')
  const withVariables = (text: string): string => {
    let clean = text.replaceAll(digits, `'"$run"'`)
    for (const [id, name] of tasks) clean = clean.replaceAll(id, `'"$${name}"'`)
    return conceal(clean)
  }
  const shown = groups.map((group) => {
    const lines = group.map(({ exchange, line, isRepeated }) => {
      const id = taskOf(exchange)
      const asked = withVariables(line)
      if (id === undefined) return isRepeated ? `${asked}   # again until the task has ended` : asked
      const name = tasks.get(id) ?? `task${tasks.size + 1}`
      tasks.set(id, name)
      return `${name}=$(${asked} | sed -n 's/.*"data" *: *"\\([^"]*\\)".*/\\1/p')`
    })
    return lines
  })
  const lines = shown.flat()
  const body = shown.map((group) => inParallel(group)).join('\n')
  return { lines, script: `run=$(date +%s | cut -c4-10)\n${body}\n` }
}

/** Lines that run at the same time. Those that set a variable do so by a file: a shell in the background keeps its own. */
function inParallel(lines: readonly string[]): string {
  if (lines.length < 2) return lines.join('\n')
  const started = lines.map((line) => {
    const [, name, command] = /^(task\d+)=\$\((.*)\)$/s.exec(line) ?? []
    return name === undefined ? `${line} &` : `{ ${command}; } > ".$run.${name}" &`
  })
  const read = lines.flatMap((line) => {
    const [, name] = /^(task\d+)=/.exec(line) ?? []
    return name === undefined ? [] : [`${name}=$(cat ".$run.${name}"); rm ".$run.${name}"`]
  })
  return [...started, 'wait', ...read].join('\n')
}

/** The id of the task that a call created. */
function taskOf(exchange: Exchange): string | undefined {
  const { json } = exchange.response
  const isCreate = exchange.spec.path === createBatchProvisioningTask.path && isSuccess(exchange)
  return isCreate && isRecord(json) && typeof json['data'] === 'string' ? json['data'] : undefined
}
