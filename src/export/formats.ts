import { toArazzo } from './arazzo.ts'
import { toBruno } from './bruno.ts'
import type { ExportedFile, ExportFormat, ExportSettings } from './exported-file.ts'
import { toHurl } from './hurl.ts'
import { toLlms } from './llms.ts'
import { toPostman } from './postman.ts'
import { toReference } from './reference/pages.ts'
import type { ReferenceTables } from './reference/tables.ts'

/** What an export needs besides the operations. */
interface ExportInputs {
  readonly settings: ExportSettings
  /** OpenAPI document, as JSON, of the operation that signs for tools that cannot. */
  readonly signer: string
  /** What other rooms hold, for the reference. */
  readonly tables: ReferenceTables
}

/** The files of a format. */
type Format = (inputs: ExportInputs) => ExportedFile[] | Promise<ExportedFile[]>

/** How each format is made. */
export const formats: Readonly<Record<ExportFormat, Format>> = {
  postman: ({ settings }) => toPostman(settings),
  bruno: ({ settings }) => toBruno(settings),
  hurl: ({ settings }) => toHurl(settings),
  arazzo: ({ settings, signer }) => toArazzo(settings, signer),
  reference: ({ tables }) => toReference(tables),
  llms: ({ settings }) => toLlms(settings),
}
