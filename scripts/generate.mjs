// Writes the committed files that are made from the tables; run after a build.
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
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
// The document stands at the root already: no second copy of it.
rmSync(`${root}collections/arazzo/openapi.json`)
const flows = `${root}collections/arazzo/koodrive.arazzo.yaml`
writeFileSync(flows, readFileSync(flows, 'utf8').replace('url: ./openapi.json', 'url: ../../openapi.json'))
command('export', 'llms', '--out', '.')
command('export', 'reference', '--out', 'docs/reference')
