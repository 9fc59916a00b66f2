// Copies the packages of `--store` with all that they need into DIR/node_modules, for the image: `node image-packages.mjs DIR`.
// What only people and other module systems read stays behind.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { PGlite } from '@electric-sql/pglite'

const root = fileURLToPath(new URL('..', import.meta.url))
const [target = ''] = process.argv.slice(2)
const LEFT_OUT = /(?:\.map|\.d\.[cm]?ts|\.tar\.gz|\.md)$|[\\/]pglite[\\/](?:src|dist[\\/](?:contrib|.*\.cjs$))/

const packages = new Map()
function add(name, from) {
  // A package need not export its manifest: it is looked for where Node looks.
  const folder = createRequire(join(from, 'package.json'))
    .resolve.paths(name)
    .map((path) => join(path, name))
    .find((path) => manifestOf(path) !== undefined)
  if (folder === undefined) throw new Error(`${name} is not installed`)
  if (packages.has(folder)) return
  packages.set(folder, name)
  for (const needed of Object.keys(manifestOf(folder).dependencies ?? {})) add(needed, folder)
}

function manifestOf(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  } catch {
    return undefined
  }
}

for (const name of ['pg', '@electric-sql/pglite']) add(name, root)
for (const [folder] of packages) {
  const place = join(target, folder.slice(root.length))
  cpSync(folder, place, { recursive: true, filter: (file) => !LEFT_OUT.test(file) })
}

// The program and the files of PGlite, 15 MB in 5: src/store/pglite.ts hands them over unpacked.
for (const name of ['pglite.wasm', 'pglite.data']) {
  const file = join(target, 'node_modules/@electric-sql/pglite/dist', name)
  writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }))
  rmSync(file)
}

// A new database, 41 MB in 2, most of it three times the same: to make one takes more memory than the manifests allow.
const database = await PGlite.create()
const tar = Buffer.from(await (await database.dumpDataDir('none')).arrayBuffer())
await database.close()
const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS }
writeFileSync(join(target, 'node_modules/@electric-sql/pglite/dist/new.tar.br'), brotliCompressSync(tar, { params }))
