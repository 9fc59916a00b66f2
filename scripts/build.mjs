// Compiles src/ to dist/ from a clean folder and makes the command line executable.
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
rmSync(`${root}dist`, { recursive: true, force: true })
for (const project of ['tsconfig.build.json', 'tsconfig.client.json']) {
  execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', root + project], { stdio: 'inherit' })
}

// What the pages load besides scripts of our own: style sheets, and the API viewer with its licence.
const pages = `${root}src/server/console/client/`
const assets = `${root}dist/server/console/client/`
for (const file of readdirSync(pages).filter((name) => name.endsWith('.css'))) copyFileSync(pages + file, assets + file)
const viewer = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
copyFileSync(`${viewer}/swagger-ui-bundle.js`, `${assets}swagger-ui.js`)
copyFileSync(`${viewer}/swagger-ui.css`, `${assets}swagger-ui.css`)
copyFileSync(`${viewer}/LICENSE`, `${assets}swagger-ui.LICENSE.txt`)
copyFileSync(`${viewer}/NOTICE`, `${assets}swagger-ui.NOTICE.txt`)
chmodSync(`${root}dist/cli/main.js`, 0o755)
