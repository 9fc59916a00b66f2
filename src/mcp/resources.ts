import type { ExportSettings } from '../export/exported-file.ts'

/** A page to read, made from the same tables as the reference. */
export interface Resource {
  readonly uri: string
  readonly name: string
  readonly description: string
  readonly mimeType: 'text/markdown'
}

const page = (name: string, description: string): Resource => ({
  uri: `koodrive://${name}`,
  name,
  description,
  mimeType: 'text/markdown',
})

export const resources: readonly Resource[] = [
  page('operations', 'Every operation: parameters, body, answers, errors, with the source of each.'),
  page('errors', 'Every error code, with its HTTP status and when it is answered.'),
  page('readings', 'Where the pages of the vendor contradict themselves or are silent, and what the mock can answer.'),
  page('signing', 'How a request is signed, and what goes wrong with it most often.'),
  page('scenarios', 'The built-in situations that a sandbox can be put into.'),
]

/** The text of a resource; undefined when there is none of that address. */
export async function readResource(uri: string, settings: ExportSettings): Promise<string | undefined> {
  const name = resources.find((one) => one.uri === uri)?.name
  if (name === undefined) return undefined
  if (name === 'signing') {
    const { toLlms } = await import('../export/llms.ts')
    const [{ text } = { text: '' }] = toLlms(settings)
    const [, ...sections] = text.split(/^## /m)
    const wanted = sections.filter((section) => /^(?:App signature|Pitfalls)\n/.test(section))
    return `# Signing\n\n${wanted.map((section) => `## ${section.trim()}\n`).join('\n')}`
  }
  const { specPages, scenariosPage } = await import('../export/reference/pages.ts')
  const { builtInScenarios } = await import('../scenarios/built-in.ts')
  const pages = [...specPages(), scenariosPage({ scenarios: builtInScenarios })]
  return pages.find(({ path }) => path === `${name}.md`)?.text
}
