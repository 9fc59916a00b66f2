import { readFileSync } from 'node:fs'
import { root } from './source-files.ts'

interface Target {
  readonly types: string
  readonly default: string
}

const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
const exported = Object.entries(
  manifest.exports as Record<string, string | Target | { import: Target; require: Target }>,
)

/** What users import: `koodrive-mock` and its parts, each with the files that an import and a `require` find. */
export const entryPoints = exported.flatMap(([path, target]) => {
  if (typeof target === 'string') return []
  const { types, default: script } = 'import' in target ? target.import : target
  const required = 'require' in target ? target.require : undefined
  return [{ name: path.replace(/^\./, 'koodrive-mock'), types, script, required }]
})
