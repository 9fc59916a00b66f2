import { toJson } from '../../shared/json.ts'
import type { Evidence } from '../../spec/evidence.ts'
import type { Language } from '../../spec/languages.ts'
import { createDocument } from '../../spec/openapi/document.ts'
import type { Operation } from '../../spec/operation.ts'
import { operations } from '../../spec/operations.ts'
import { say } from '../texts/say.ts'
import type { Translate } from '../texts/texts.ts'

type Node = Record<string, unknown>

/** Headers that signing writes: an example would be signed as it stands, and a date of the past is refused. */
const SIGNED: ReadonlySet<unknown> = new Set(['X-Date', 'X-User-Id'])

/**
 * The OpenAPI document as the viewer shows it, in JSON: evidence and source are words below each description, whatever
 * the signature writes is left to it, and parameters have the values of the first example. Examples become text, which
 * the viewer shows and sends as it stands: a browser that reads them as numbers rounds ids beyond 2^53.
 */
export function viewerDocument(language: Language, t: Translate): string {
  const document = createDocument()
  for (const operation of operations as readonly Operation[])
    prefill(document.paths?.[operation.path] as Node | undefined, operation)
  return JSON.stringify(shown(document, { language, t }))
}

function prefill(path: Node | undefined, { method, examples }: Operation): void {
  const [example] = Object.values(examples)
  const values: Readonly<Record<string, string>> = { ...example?.params, ...example?.query, ...example?.headers }
  const { parameters = [] } = (path?.[method.toLowerCase()] ?? {}) as { parameters?: Node[] }
  for (const parameter of parameters) {
    if (SIGNED.has(parameter['name'])) {
      delete parameter['example']
      parameter['required'] = false
    } else {
      const value = values[String(parameter['name'])]
      if (value !== undefined) parameter['example'] = value
    }
  }
}

interface Reader {
  readonly language: Language
  readonly t: Translate
}

function shown(node: unknown, reader: Reader): unknown {
  if (typeof node === 'bigint') return String(node)
  if (Array.isArray(node)) return node.map((one) => shown(one, reader))
  if (typeof node !== 'object' || node === null) return node
  const { 'x-evidence': evidence, 'x-source': source, 'x-errors': refusals, ...rest } = node as Node
  const entries = Object.entries(rest).map(([key, value]): [string, unknown] => [
    key,
    key === 'examples' ? exampleTexts(value, reader) : isProse(key, value) ? said(value, reader) : shown(value, reader),
  ])
  const proofs = [
    ...(Array.isArray(refusals) ? refusals.map((one: Node) => `- \`${one['code']}\` ${proof(one, reader)}`) : []),
    ...(typeof evidence === 'string' ? [proof({ 'x-evidence': evidence, 'x-source': source }, reader)] : []),
  ]
  if (proofs.length === 0) return Object.fromEntries(entries)
  const { description } = Object.fromEntries(entries)
  const words = [typeof description === 'string' ? description : '', proofs.join('\n')]
  return { ...Object.fromEntries(entries), description: words.filter((one) => one !== '').join('\n\n') }
}

const isProse = (key: string, value: unknown): value is string =>
  (key === 'description' || key === 'summary') && typeof value === 'string'

const said = (english: string, { language }: Reader): string => say(language, english).text

/** How well a statement is known and from where, in Markdown. */
const proof = ({ 'x-evidence': evidence, 'x-source': source }: Node, reader: Reader): string =>
  `_${reader.t(`docs.${evidence as Evidence}`)} · ${said(String(source), reader)}_`

/** Named examples of a body; a list of examples of a schema stays. */
function exampleTexts(examples: unknown, reader: Reader): unknown {
  if (typeof examples !== 'object' || examples === null || Array.isArray(examples)) return shown(examples, reader)
  return Object.fromEntries(
    Object.entries(examples as Record<string, { summary?: string; value?: unknown }>).map(([name, example]) => [
      name,
      {
        ...example,
        ...(example.summary !== undefined && { summary: said(example.summary, reader) }),
        value: typeof example.value === 'object' ? toJson(example.value, 2) : shown(example.value, reader),
      },
    ]),
  )
}
