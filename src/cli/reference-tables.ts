import type { Command, Option } from 'commander'
import type { CommandRow, FaultSchema, ReferenceTables } from '../export/reference/tables.ts'

/** The tables that the reference shows, from where they are. */
export async function referenceTables(program: Command): Promise<ReferenceTables> {
  const { builtInScenarios } = await import('../scenarios/built-in.ts')
  const { scenarioJsonSchema } = await import('../scenarios/schema.ts')
  const { checks } = await import('../contract/checks.ts')
  const { faultExamples } = await import('../server/control/examples.ts')
  const { createControlDocument } = await import('../server/control/document.ts')
  const { controlRoutes } = await import('../mock/control-routes.ts')
  const { properties } = scenarioJsonSchema() as { properties: { faults: { items: { oneOf: FaultSchema[] } } } }
  return {
    scenarios: builtInScenarios,
    checks,
    faults: properties.faults.items.oneOf,
    faultExamples,
    commands: program.commands.map(toRow),
    control: createControlDocument(controlRoutes) as unknown as ReferenceTables['control'],
  }
}

const toRow = (command: Command): CommandRow => ({
  usage: `${command.name()} ${command.usage().replace(/^\[options\] ?/, '')}`.trim(),
  description: command.description(),
  options: command.options.map(toFlag),
})

/** Twin and default are in the description where the argument parser must not know them. */
function toFlag({ flags, description, envVar, defaultValue, negate }: Option): CommandRow['options'][number] {
  const [, text = '', implied, twin] = /^(.*?)(?: \(default: ([^)]*)\))?(?: \(env: (\w+)\))?$/.exec(description) ?? []
  const value = negate ? undefined : (defaultValue ?? implied)
  return {
    flags,
    description: text,
    environment: envVar ?? twin,
    default: value === undefined ? undefined : `${value}`,
  }
}
