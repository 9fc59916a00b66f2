import type { Command, Option } from 'commander'
import type { CommandRow, FaultSchema, ReferenceTables, SignatureExample } from '../export/reference/tables.ts'
import { quote } from '../shared/shell.ts'

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
    signatureExamples: await signatureExamples(),
  }
}

const USERS = 'http://127.0.0.1:4010/koodrive/ose/v1/userList?offset=0&limit=10&keyWord=Ada%20L'
const CREATE = 'http://127.0.0.1:4010/koodrive/ose/v1/user/batchRegister/create'
const DATE = '20260416T080000Z'

/** What `sign --explain` prints for a query and for a body. */
async function signatureExamples(): Promise<SignatureExample[]> {
  const { explainSigning, sign } = await import('../signing/index.ts')
  const { defaultCredentials } = await import('../world/world.ts')
  const example = (title: string, method: string, url: string, body?: string): SignatureExample => {
    const headers = { 'X-Date': DATE, 'X-User-Id': defaultCredentials.userId }
    const data = body === undefined ? '' : ` --data ${quote(body)}`
    return {
      title,
      command: `npx koodrive-mock sign ${method} ${quote(url)} --date ${DATE}${data} --explain`,
      printed: explainSigning(sign({ method, url, headers, body }, defaultCredentials)).trimEnd(),
    }
  }
  return [
    example('A query', 'GET', USERS),
    example('A body', 'POST', CREATE, '{"userList":[{"firstname":"Ada","phone":"13900000001"}]}'),
  ]
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
