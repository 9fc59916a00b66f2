/** Tables of other rooms that the reference shows; the command line hands them in. */
export interface ReferenceTables {
  readonly scenarios: readonly {
    readonly name: string
    readonly title: string
    readonly teaches?: string | undefined
  }[]
  readonly checks: readonly CheckRow[]
  /** JSON Schemas of the kinds of fault. */
  readonly faults: readonly FaultSchema[]
  /** A fault of each kind. */
  readonly faultExamples: Readonly<Record<string, unknown>>
  readonly commands: readonly CommandRow[]
  readonly control: ControlDescription
  readonly signatureExamples: readonly SignatureExample[]
}

/** A request that is signed step by step. */
export interface SignatureExample {
  readonly title: string
  /** Command that prints it. */
  readonly command: string
  readonly printed: string
}

/** A check of the contract kit. */
interface CheckRow {
  readonly id: string
  readonly title: string
  readonly operation: string
  readonly evidence: string
  readonly source: string
  readonly why: string
  readonly safety: string
}

/** What a kind of fault takes. */
export interface FaultSchema {
  readonly properties: Readonly<Record<string, FieldSchema>>
  readonly required?: readonly string[]
}

/** A command with its options. */
export interface CommandRow {
  readonly usage: string
  readonly description: string
  readonly options: readonly {
    readonly flags: string
    readonly description: string
    readonly environment?: string | undefined
    readonly default?: string | undefined
  }[]
}

/** As much of the OpenAPI document of the control plane as a table needs. */
interface ControlDescription {
  readonly tags: readonly { readonly name: string; readonly description?: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, ControlRoute>>>>
}

/** One route of it. */
export interface ControlRoute {
  readonly summary: string
  readonly tags: readonly string[]
  readonly responses: Readonly<Record<string, { readonly description: string }>>
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema?: FieldSchema; readonly example?: unknown }>>
  }
}

/** As much of a schema as a table needs. */
export interface FieldSchema {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  /** `false` behind the fixed entries of a tuple. */
  readonly items?: FieldSchema | boolean
  readonly anyOf?: readonly FieldSchema[]
  readonly oneOf?: readonly FieldSchema[]
  readonly properties?: Readonly<Record<string, FieldSchema>>
  readonly required?: readonly string[]
  readonly description?: string
}

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
