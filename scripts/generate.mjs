// Writes the committed files that are made from the tables; run after a build.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const collections = ['postman', 'bruno', 'hurl', 'arazzo']
const command = (...args) =>
  execFileSync(process.execPath, [`${root}dist/cli/main.js`, ...args], { cwd: root, stdio: 'pipe' })

command('openapi', '--out', 'openapi.json')
command('scenarios', '--schema', '--out', 'scenario.schema.json')
for (const name of collections) rmSync(`${root}collections/${name}`, { recursive: true, force: true })
rmSync(`${root}docs/reference`, { recursive: true, force: true })
command('export', ...collections, '--out', 'collections')
command('export', 'llms', '--out', '.')
command('export', 'reference', '--out', 'docs/reference')
execFileSync(process.execPath, [`${root}scripts/types.mjs`])
