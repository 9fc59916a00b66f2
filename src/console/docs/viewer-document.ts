import { stringify } from 'lossless-json'
import { createDocument } from '../../spec/openapi/document.ts'

/**
 * The OpenAPI document as the viewer gets it, in JSON. Examples become text, which the viewer shows and sends as it
 * stands: a browser that reads them as numbers rounds ids beyond 2^53.
 */
export const viewerDocument = (): string => JSON.stringify(withTextExamples(createDocument()))

function withTextExamples(node: unknown): unknown {
  if (typeof node === 'bigint') return String(node)
  if (Array.isArray(node)) return node.map(withTextExamples)
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, key === 'examples' ? texts(value) : withTextExamples(value)]),
  )
}

/** Named examples of a body; a list of examples of a schema stays. */
function texts(examples: unknown): unknown {
  if (typeof examples !== 'object' || examples === null || Array.isArray(examples)) return withTextExamples(examples)
  return Object.fromEntries(
    Object.entries(examples as Record<string, { value?: unknown }>).map(([name, example]) => [
      name,
      typeof example.value === 'object' ? { ...example, value: stringify(example.value, null, 2) } : example,
    ]),
  )
}
