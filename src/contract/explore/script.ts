import { isRecord } from '../../shared/json.ts'
import { createBatchProvisioningTask } from '../../spec/operations/create-batch-provisioning-task.ts'
import { createDepartment } from '../../spec/operations/create-department.ts'
import { listUsers } from '../../spec/operations/list-users.ts'
import { queryBatchProvisioning } from '../../spec/operations/query-batch-provisioning.ts'
import { specToCurl } from '../curl.ts'
import type { Exchange } from '../exchange.ts'
import { isSuccess, recordsIn } from '../judge.ts'

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
  const ids = new Map<string, string>()
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
    groups.push(group.map((exchange) => ({ exchange, line: specToCurl(exchange.spec, baseUrl), isRepeated: false })))
  }
  const digits = prefix.replace(/^\D+/, '')
  const withVariables = (text: string): string => {
    let clean = text.replaceAll(digits, `'"$run"'`)
    for (const [id, name] of ids) clean = clean.replaceAll(id, `'"$${name}"'`)
    return conceal(clean)
  }
  const shown = groups.map((group) => {
    const lines = group.map(({ exchange, line, isRepeated }) => {
      const made = idMadeBy(exchange)
      const asked = withVariables(line)
      if (made === undefined) return isRepeated ? repeated(asked, exchange) : asked
      const { id, kind, field } = made
      const name = ids.get(id) ?? `${kind}${[...ids.values()].filter((one) => one.startsWith(kind)).length + 1}`
      ids.set(id, name)
      return `${name}=$(${asked} | sed -n 's/.*"${field}" *: *"\\([^"]*\\)".*/\\1/p')`
    })
    return lines
  })
  const lines = shown.flat()
  const body = shown.map((group) => inParallel(group)).join('\n')
  return { lines, script: `run=$(date +%s | cut -c4-10)\n${body}\n` }
}

/** A call that was sent until its answer changed: a task is polled until it has ended. */
const repeated = (line: string, { spec: { path } }: Exchange): string =>
  path === queryBatchProvisioning.path
    ? `until ${line} | grep '"status" *: *"[23]"'; do sleep 1; done`
    : `${line}   # the same, later too`

/** Lines that run at the same time. Those that set a variable do so by a file: a shell in the background keeps its own. */
function inParallel(lines: readonly string[]): string {
  if (lines.length < 2) return lines.join('\n')
  const started = lines.map((line) => {
    const [, name, command] = /^([a-z]+\d+)=\$\((.*)\)$/s.exec(line) ?? []
    return name === undefined ? `${line} &` : `{ ${command}; } > ".$run.${name}" &`
  })
  const read = lines.flatMap((line) => {
    const [, name] = /^([a-z]+\d+)=/.exec(line) ?? []
    return name === undefined ? [] : [`${name}=$(cat ".$run.${name}"); rm ".$run.${name}"`]
  })
  return [...started, 'wait', ...read].join('\n')
}

/** What later calls need of an answer: the id, what it is of, and the field that has it. */
function idMadeBy(
  exchange: Exchange,
): { readonly id: string; readonly kind: string; readonly field: string } | undefined {
  const { json } = exchange.response
  if (!isSuccess(exchange) || !isRecord(json)) return undefined
  const { path, query = '', method } = exchange.spec
  if (path === createBatchProvisioningTask.path && typeof json['data'] === 'string') {
    return { id: json['data'], kind: 'task', field: 'data' }
  }
  if (path === createDepartment.path && method === 'POST' && isRecord(json['data'])) {
    return { id: String(json['data']['id']), kind: 'department', field: 'id' }
  }
  const [row] = recordsIn(json['list'] ?? json['data'])
  const isLookup = path === listUsers.path && query.endsWith('&limit=1') && row !== undefined
  return isLookup ? { id: String(row['id']), kind: 'user', field: 'id' } : undefined
}
