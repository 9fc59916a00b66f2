import type { Sandbox } from '../../world/sandbox.ts'
import type { World } from '../../world/world.ts'
import type { SandboxFilter } from './identity-input.ts'

/** A condition on a label: it has this value, or any. */
interface LabelCondition {
  readonly key: string
  readonly value: string | undefined
}

/** `owner=payments,ci` as conditions. */
function toConditions(label: string): LabelCondition[] {
  return label.split(',').map((text) => {
    const at = text.search(/[=:]/)
    return at < 0
      ? { key: text.trim(), value: undefined }
      : { key: text.slice(0, at).trim(), value: text.slice(at + 1) }
  })
}

/** The sandboxes that pass a filter, newest first. */
export function findSandboxes(world: World, { label, name, search }: SandboxFilter): Sandbox[] {
  const conditions = label === undefined ? [] : toConditions(label)
  const wanted = search?.toLowerCase()
  const passes = (sandbox: Sandbox): boolean => {
    const { config } = sandbox
    if (name !== undefined && config.name !== name) return false
    const has = ({ key, value }: LabelCondition) => {
      const found = config.labels !== undefined && Object.hasOwn(config.labels, key) ? config.labels[key] : undefined
      return found !== undefined && (value === undefined || found === value)
    }
    return conditions.every(has) && (wanted === undefined || textOf(sandbox).toLowerCase().includes(wanted))
  }
  return [...world.all()].filter(passes).reverse()
}

/** What a search looks at. */
function textOf(sandbox: Sandbox): string {
  const { id, name = '', labels = {} } = sandbox.config
  return [id, name, sandbox.peek().scenario.name, ...Object.entries(labels).map((pair) => pair.join('='))].join('\n')
}
