import { type OpenAPIObject, OpenApiBuilder } from 'openapi3-ts/oas31'

const INT64 = 'int64:'
const INT64_TEXT = new RegExp(`"${INT64}(-?\\d+)"`, 'g')

/** The document as JSON; integers beyond 2^53 in examples keep every digit. */
export const toJson = (document: OpenAPIObject): string =>
  `${JSON.stringify(document, (_, value) => (typeof value === 'bigint' ? `${INT64}${value}` : value), 2).replace(INT64_TEXT, '$1')}\n`

/** The document as YAML. */
export const toYaml = (document: OpenAPIObject): string => new OpenApiBuilder(document).getSpecAsYaml()
