/** The formats of `koodrive-mock export`, apart from their code so that a command line that only lists them loads none. */
export const exportFormats = ['postman', 'bruno', 'hurl', 'arazzo', 'llms', 'reference'] as const
export type ExportFormat = (typeof exportFormats)[number]
