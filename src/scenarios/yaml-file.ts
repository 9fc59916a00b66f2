import { bounds } from '../shared/bounds.ts'
import { brief } from './explain.ts'

/** The value of a YAML or JSON text, and where in the text its parts are. */
export interface YamlFile {
  readonly value: unknown
  /** Line of the value at a path, or of the nearest parent that is there. */
  readonly lineOf: (path: readonly PropertyKey[]) => number
}

/** How much of a text is read: one that came over the network keeps others waiting, a file only its own start. */
export interface MostYaml {
  readonly signs: number
  readonly characters: number
}

const aFile: MostYaml = { signs: bounds.yamlFileSigns.value, characters: Number.POSITIVE_INFINITY }

const LINE_END = 0x0a
/** Signs that make up the structure of a text: there are no more nodes than these. */
const STRUCTURE = new Set([...'\n,:[]{}&*?!|>#-'].map((sign) => sign.charCodeAt(0)))
/** A name that is given to a node, or stands for it. The library looks for each among all others. */
const ALIASES = /(?:^|[\s,[{:?-])[&*][^\s,[\]{}]/g

/**
 * Reads YAML or JSON.
 *
 * @throws whatever `mistake` makes of the line and the message of the first mistake.
 */
export async function readYaml(
  text: string,
  mistake: (line: number, message: string) => Error,
  most: MostYaml = aFile,
): Promise<YamlFile> {
  refuseDense(text, mistake, most)
  const { Composer, isScalar, LineCounter, Parser, visit } = await import('yaml')
  const lines = new LineCounter()
  const lineAt = (offset: number): number => lines.linePos(offset).line
  try {
    const tokens = upToError(new Parser(lines.addNewLine).parse(text))
    // The library compares each key with each other: a map of 60,000 keys takes it minutes.
    const composer = new Composer({ prettyErrors: false, uniqueKeys: false })
    const [document, another] = composer.compose(tokens, true, text.length)
    if (document === undefined) throw mistake(1, 'It is empty.')
    const syntax = document.errors[0]
    if (syntax !== undefined) throw mistake(lineAt(syntax.pos[0]), syntax.message)
    if (another !== undefined) throw mistake(lineAt(another.range[0]), 'A second document begins here; keep one.')
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

/** The tokens of a text up to its first mistake: a megabyte of mistakes would be as many errors, each with its stack. */
function* upToError<Token extends { readonly type: string }>(tokens: Iterable<Token>): Generator<Token> {
  for (const token of tokens) {
    yield token
    if (token.type === 'error') return
  }
}

/** Refuses what takes the library a second and more to read, or all memory: it reads a text in one go. */
function refuseDense(text: string, mistake: (line: number, message: string) => Error, most: MostYaml): void {
  let signs = 0
  let line = 1
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (!STRUCTURE.has(code)) continue
    signs += 1
    if (signs > most.signs)
      throw mistake(line, `It has more than ${most.signs} line ends, dashes, colons, commas and brackets.`)
    if (code === LINE_END) line += 1
  }
  if (text.length > most.characters) {
    throw mistake(1, `It has more than ${most.characters} characters, which is much for YAML; send it as JSON.`)
  }
  const aliases = text.match(ALIASES)?.length ?? 0
  const mostAliases = bounds.yamlAliases.value
  if (aliases > mostAliases) throw mistake(1, `It has more than ${mostAliases} anchors and aliases (&name, *name).`)
}

function plainValue(document: { toJS(): unknown }, mistake: (line: number, message: string) => Error): unknown {
  try {
    return document.toJS()
  } catch (error) {
    throw mistake(1, (error as Error).message)
  }
}
