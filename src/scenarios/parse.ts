import { readTextFile, unreadable } from '../shared/text-file.ts'
import { ScenarioError } from './built-in.ts'
import { brief, explainMistake } from './explain.ts'
import type { Scenario } from './scenario.ts'
import { scenarioSchema } from './schema.ts'

/**
 * A scenario from a value that came in some other way than from a file, such as a request.
 *
 * @throws ScenarioError that names the path of the first mistake.
 */
export function toScenario(value: unknown): Scenario {
  const result = scenarioSchema().safeParse(value)
  if (result.success) return result.data
  const { path, detail } = explainMistake(scenarioSchema(), result.error, value)
  throw new ScenarioError(`${path === '' ? 'scenario' : `scenario.${path}`}: ${detail}`)
}

/**
 * A scenario from a YAML or JSON file.
 *
 * @throws ScenarioError that names file, line and path of the first mistake, and what is allowed there.
 */
export async function readScenarioFile(file: string): Promise<Scenario> {
  let text: string
  try {
    text = readTextFile(file)
  } catch (error) {
    throw new ScenarioError(`Scenario file ${file} cannot be read: ${unreadable(error)}.`)
  }
  return parseScenario(text, file)
}

/**
 * A scenario from the text of a YAML or JSON file.
 *
 * @throws ScenarioError that names file, line and path of the first mistake, and what is allowed there.
 */
export async function parseScenario(text: string, file: string): Promise<Scenario> {
  const { isScalar, LineCounter, parseDocument, visit } = await import('yaml')
  const lines = new LineCounter()
  // The library compares each key with each other: a map of 60,000 keys takes it minutes.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
  const syntax = document.errors[0]
  if (syntax !== undefined) {
    throw new ScenarioError(`${file}:${lines.linePos(syntax.pos[0]).line}: ${syntax.message}`)
  }
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        const line = lines.linePos(key.range?.[0] ?? 0).line
        if (seen.has(key.value))
          throw new ScenarioError(`${file}:${line}: Map keys must be unique: "${brief(String(key.value))}"`)
        seen.add(key.value)
      }
    },
  })
  let value: unknown
  try {
    value = document.toJS()
  } catch (error) {
    throw new ScenarioError(`${file}:1: ${(error as Error).message}`)
  }
  const result = scenarioSchema().safeParse(value)
  if (result.success) return result.data
  const { keys, path, detail } = explainMistake(scenarioSchema(), result.error, value)
  throw new ScenarioError(`${file}:${lineOf(document, lines, keys)}: ${path || 'scenario'}: ${detail}`)
}

type YamlDocument = ReturnType<typeof import('yaml').parseDocument>

/** Line of the value at a path, or of the nearest parent that is there. */
function lineOf(
  document: YamlDocument,
  lines: { linePos(offset: number): { line: number } },
  path: readonly PropertyKey[],
): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined
    if (node?.range) return lines.linePos(node.range[0]).line
  }
  return 1
}
