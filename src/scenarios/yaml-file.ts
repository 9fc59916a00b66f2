import { brief } from './explain.ts'

/** The value of a YAML or JSON text, and where in the text its parts are. */
export interface YamlFile {
  readonly value: unknown
  /** Line of the value at a path, or of the nearest parent that is there. */
  readonly lineOf: (path: readonly PropertyKey[]) => number
}

/**
 * Reads YAML or JSON.
 *
 * @throws whatever `mistake` makes of the line and the message of the first mistake.
 */
export async function readYaml(text: string, mistake: (line: number, message: string) => Error): Promise<YamlFile> {
  const { isScalar, LineCounter, parseDocument, visit } = await import('yaml')
  const lines = new LineCounter()
  const lineAt = (offset: number): number => lines.linePos(offset).line
  try {
    // The library compares each key with each other: a map of 60,000 keys takes it minutes.
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
    const syntax = document.errors[0]
    if (syntax !== undefined) throw mistake(lineAt(syntax.pos[0]), syntax.message)
    visit(document, {
      Map(_, { items, range }) {
        const seen = new Set<unknown>()
        for (const { key } of items) {
          if (!isScalar(key)) {
            const placeholder = text.slice(range?.[0] ?? 0).startsWith('{{')
            if (placeholder) throw mistake(lineAt(range?.[0] ?? 0), 'a placeholder stands in quotes: "{{…}}".')
            continue
          }
          const line = lineAt(key.range?.[0] ?? 0)
          if (seen.has(key.value)) throw mistake(line, `Map keys must be unique: "${brief(String(key.value))}"`)
          seen.add(key.value)
        }
      },
    })
    return {
      value: plainValue(document, mistake),
      lineOf(path) {
        for (let length = path.length; length >= 0; length -= 1) {
          const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined
          if (node?.range) return lineAt(node.range[0])
        }
        return 1
      },
    }
  } catch (error) {
    if (error instanceof RangeError) throw mistake(1, 'It is nested too deeply.')
    throw error
  }
}

function plainValue(document: { toJS(): unknown }, mistake: (line: number, message: string) => Error): unknown {
  try {
    return document.toJS()
  } catch (error) {
    throw mistake(1, (error as Error).message)
  }
}
