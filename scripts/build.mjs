// Builds dist/ from a clean folder: bundled JavaScript, declarations, and what the pages of the server load.
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle, bundlePages, entriesOf } from './bundle.mjs'
import { keepReachable } from './declarations.mjs'
import { billOfMaterials, thirdPartyText } from './third-party.mjs'
import { writeTypes } from './types.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folderOf = (name) => dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))

const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
const compile = (project) => {
  const tsc = [`${root}node_modules/typescript/bin/tsc`, '-p', root + project]
  const { status } = spawnSync(process.execPath, tsc, { stdio: 'inherit' })
  // What the compiler printed says it all.
  if (status !== 0) process.exit(status ?? 1)
}

await writeTypes()
rmSync(`${root}dist`, { recursive: true, force: true })
compile('tsconfig.build.json')
keepReachable(
  `${root}dist`,
  entriesOf(manifest, 'import').map((entry) => `${entry}.d.ts`),
)
compile('tsconfig.client.json')
await bundlePages(root)
const bundled = await bundle(root)
chmodSync(`${root}dist/cli/main.js`, 0o755)

// For `require`: Node loads ES modules by it since 20.19, and for TypeScript it has to be a file of CommonJS.
for (const entry of entriesOf(manifest, 'require')) {
  writeFileSync(`${root}dist/${entry}.cjs`, `module.exports = require('./${basename(entry)}.js')\n`)
}

// What the pages load besides scripts of our own: style sheets and the API viewer.
const pages = `${root}src/console/client/`
const assets = `${root}dist/assets/`
const viewer = folderOf('swagger-ui-dist')
for (const file of readdirSync(pages).filter((name) => name.endsWith('.css'))) copyFileSync(pages + file, assets + file)
copyFileSync(`${viewer}/swagger-ui-bundle.js`, `${assets}swagger-ui.js`)
copyFileSync(`${viewer}/swagger-ui.css`, `${assets}swagger-ui.css`)

// The names of the seeded users are Faker's, see scripts/names.mjs.
const packages = [...bundled, viewer, folderOf('@faker-js/faker')].sort()
writeFileSync(`${root}dist/THIRD-PARTY-LICENSES.txt`, thirdPartyText(packages))
writeFileSync(`${root}dist/bundled.cdx.json`, billOfMaterials(packages, manifest))
