import type { SandboxConfig } from '../../world/config.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import type { World } from '../../world/world.ts'

/** Which sandboxes are meant: those that fit all that is given. */
export interface SandboxFilter {
  /** `KEY=VALUE`, or `KEY` with any value; several with commas. */
  readonly label?: string | undefined
  /** The whole name. */
  readonly name?: string | undefined
  /** Text in the id, the name, a label or the name of the scenario; upper and lower case are the same. */
  readonly search?: string | undefined
}

type Named = Pick<SandboxConfig, 'id' | 'name' | 'labels'>

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

/** Whether a sandbox passes a filter, by what it was made from and the scenario that it plays. */
export function matcherOf({ label, name, search }: SandboxFilter): (config: Named, scenario: string) => boolean {
  const conditions = label === undefined ? [] : toConditions(label)
  const wanted = search?.toLowerCase()
  return (config, scenario) => {
    if (name !== undefined && config.name !== name) return false
    const has = ({ key, value }: LabelCondition) => {
      const found = config.labels !== undefined && Object.hasOwn(config.labels, key) ? config.labels[key] : undefined
      return found !== undefined && (value === undefined || found === value)
    }
    return conditions.every(has) && (wanted === undefined || textOf(config, scenario).toLowerCase().includes(wanted))
  }
}

/** The sandboxes that pass a filter, newest first. */
export function findSandboxes(world: World, filter: SandboxFilter): Sandbox[] {
  const passes = matcherOf(filter)
  return [...world.all()].filter((sandbox) => passes(sandbox.config, sandbox.peek().scenario.name)).reverse()
}

/** What a search looks at. */
const textOf = ({ id, name = '', labels = {} }: Named, scenario: string): string =>
  [id, name, scenario, ...Object.entries(labels).map((pair) => pair.join('='))].join('\n')
