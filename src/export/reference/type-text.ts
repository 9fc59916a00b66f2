import type { FieldSchema } from './tables.ts'

/** More values are not listed: the message of a refusal lists them. */
const LISTED = 12

/** What a field takes, in words: `string`, `"a" or "b"`, `{ms} or {minMs, maxMs}`, `list of string`. */
export function typeText(schema: FieldSchema | boolean | undefined): string {
  if (typeof schema !== 'object') return ''
  const forms = schema.anyOf ?? schema.oneOf
  if (forms !== undefined) return [...new Set(forms.map(typeText))].join(' or ')
  if (schema.enum !== undefined) {
    const shown = schema.enum.slice(0, LISTED).map((value) => JSON.stringify(value))
    return schema.enum.length > LISTED ? `${shown.slice(0, 4).join(', ')}, …` : shown.join(', ')
  }
  if ('const' in schema) return JSON.stringify(schema.const)
  if (schema.type === 'array') return `list of ${typeText(schema.items) || 'anything'}`
  if (schema.properties !== undefined) {
    const names = Object.keys(schema.properties)
    return `{${names.map((name) => (schema.required?.includes(name) ? name : `${name}?`)).join(', ')}}`
  }
  return [schema.type ?? 'anything'].flat().join(' or ')
}

/** A call of the control plane as a line for a shell; the ids in its path are those of a first try. */
export function exampleCall(method: string, path: string, body: unknown): string {
  const url = `http://127.0.0.1:4010/__admin${path.replace('{id}', 'default').replace('{requestId}', 'default-1')}`
  const data = JSON.stringify(body).replaceAll("'", "'\\''")
  return `For example: \`curl -X ${method} ${url} -H 'Content-Type: application/json' -d '${data}'\``
}
