import { readdirSync, readFileSync } from 'node:fs'
import { parseSync } from 'rolldown/utils'
import { root } from './source-files.ts'

/** A sentence that the code can say, with `{}` for each value in it. */
export interface Sentence {
  /** Path below src/. */
  readonly file: string
  readonly text: string
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string }

/** Fields and calls whose strings document the control plane or match something; nobody is told them. */
const TOLD_TO_NOBODY = new Set(['summary', 'answers', 'description', 'describe', 'meta', 'type'])
const MATCHED = new Set(['replace', 'replaceAll', 'split', 'startsWith', 'endsWith', 'includes', 'indexOf', 'RegExp'])

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

/** The text of a string, a template or a sum of them, with gaps; undefined for anything else. */
function textOf(node: Node): string | undefined {
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : undefined
  if (node.type === 'TemplateLiteral') {
    return (node['quasis'] as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('{}')
  }
  if (node.type !== 'BinaryExpression' || node['operator'] !== '+') return undefined
  return (textOf(node['left'] as Node) ?? '{}') + (textOf(node['right'] as Node) ?? '{}')
}

function* textsIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const one of value) yield* textsIn(one)
  if (!isNode(value) || value.type.startsWith('Import')) return
  // Of types only what stands in an expression: `x as T`, `x satisfies T`, `x!`.
  if (value.type.startsWith('TS') && !/^TS(?:As|Satisfies|NonNull)Expression$/.test(value.type)) return
  const name = (value['key'] ?? value['callee']) as Node | undefined
  const called = String((name?.['property'] as Node | undefined)?.['name'] ?? name?.['name'] ?? name?.['value'])
  if (TOLD_TO_NOBODY.has(called)) return
  if (value.type === 'CallExpression' && MATCHED.has(called)) return yield* textsIn(value['callee'])
  const text = textOf(value)
  if (text !== undefined) yield text
  if (value.type === 'Literal') return
  for (const [key, inner] of Object.entries(value)) {
    if (key !== 'key' && key !== 'quasis' && !(text !== undefined && isLiteral(inner))) yield* textsIn(inner)
  }
}

const isLiteral = (value: unknown): boolean => isNode(value) && value.type === 'Literal'

/** Whether a text has words one after the other, as a sentence or a phrase has and a name has not. */
const isProse = (text: string): boolean => /[A-Za-z]{2,}[,:;]? +(?:[A-Za-z`"'({]|\{\})|\{\} [a-z]{2,}/.test(text)

/** Every sentence and phrase that the files of a folder of src/ can say, each once a file. */
export function sentencesIn(folder: string): Sentence[] {
  const paths = readdirSync(`${root}src/${folder}`, { recursive: true, encoding: 'utf8' })
  return paths
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.tsx?$/.test(path))
    .flatMap((file) => {
      const { program } = parseSync(file, readFileSync(`${root}src/${file}`, 'utf8'))
      return [...new Set(textsIn(program.body))].filter(isProse).map((text) => ({ file, text }))
    })
}
