/** A file for another tool. */
export interface ExportedFile {
  /** Path below the folder that is written, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** What the files are filled in with. The well-known credentials of the mock are no secrets. */
export interface ExportSettings {
  /** Where the service is, without a slash at the end. */
  readonly baseUrl: string
  readonly appId: string
  readonly appSecret: string
  readonly userId: string
  readonly accessToken: string
}

/** Indented JSON as a file. */
export const jsonFile = (path: string, value: unknown): ExportedFile => ({
  path,
  text: `${JSON.stringify(value, null, 2)}\n`,
})

/** The formats of `koodrive-mock export`, apart from their code so that a command line that only lists them loads none. */
export const exportFormats = ['postman', 'bruno', 'hurl', 'arazzo', 'llms', 'reference'] as const
export type ExportFormat = (typeof exportFormats)[number]
