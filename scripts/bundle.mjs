// Bundles src/ with the libraries it uses: command line and library, from the same files. docs/decisions/0010 and 0016 say
// why and how.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { rolldown } from 'rolldown'
import { packagesOf } from './third-party.mjs'

/**
 * The entry points that a package.json names, below src/ and dist/ and without an extension.
 *
 * @param kind `import` for all, `require` for those that CommonJS can load.
 */
export const entriesOf = ({ exports }, kind) =>
  Object.values(exports)
    .map((target) => (target[kind] ?? (kind === 'import' ? target : {})).default)
    .flatMap((file) => file?.match(/^\.\/dist\/(.*)\.c?js$/)?.[1] ?? [])

/**
 * What a start needs, in few files: to find and link a further file costs a start more than what is in it. All else is
 * cut where it is loaded on demand. A group takes what its modules import, unless one of higher priority has it.
 */
const groups = [
  {
    name: 'description',
    test: /\/src\/(?:spec\/(?!openapi\/|find-operation|production)|shared\/(?!har|junit|code-sample|shell))|\/node_modules\/(?:zod|lossless-json)\//,
    priority: 4,
  },
  { name: 'signing', test: /\/src\/signing\/verify\.ts$/, priority: 3 },
  { name: 'sign', test: /\/src\/signing\/sign\.ts$/, priority: 2 },
  { name: 'mock', test: /\/src\/(?:mock\/(?:service|mock-input)|scenarios\/load)\.ts$/, priority: 2 },
  { name: 'http-server', test: /\/src\/server\/http\/http-server\.ts$/, priority: 1 },
  { name: 'program', test: /\/src\/cli\/(?:run|option|stop-signal|colours|log-levels)\.ts$/, priority: 1 },
  { name: 'serve', test: /\/src\/cli\/commands\/serve\.ts$/, priority: 0 },
]

/** The MCP SDK validates by Ajv what a user typed for a tool. No tool here asks anybody: 200 KB less. */
const withoutAjv = {
  name: 'without-ajv',
  load: (id) =>
    /\/@modelcontextprotocol\/sdk\/dist\/esm\/validation\/ajv-provider\.js$/.test(id)
      ? "export class AjvJsonSchemaValidator { getValidator() { throw new Error('There is no validator in this bundle.') } }"
      : null,
}

/**
 * Whoever imports a module of Node as an ES module has Node read all its exports, and some of them load far more than
 * anybody here uses: those of `node:http` fetch, http2 and TLS, those of `node:fs` its promises. Asked for by itself, a
 * module loads what is used of it. That is half of the start of a command on Node 24. Libraries in CommonJS require
 * nothing else, and need no `require` made for a folder.
 */
const nodeAsItIs = {
  name: 'node-as-it-is',
  renderChunk: (code) =>
    code
      .replace(
        /^import (\{[^}]*\}) from "(node:[\w/]+)";$/gm,
        (_, names, module) => `const ${names.replaceAll(' as ', ': ')} = process.getBuiltinModule("${module}");`,
      )
      .replace('(() => createRequire(import.meta.url))()', 'process.getBuiltinModule'),
}

/** A file that only exports what another one does: the bundler puts it before a group that is loaded on demand. */
const FACADE = /^export \{ \w+(?:, \w+)* \} from "(\.\/[\w-]+\.js)";$/

/** Lets files that are loaded on demand be asked for by themselves: each file between costs a start a millisecond. */
function withoutFacades(chunks) {
  const behind = new Map()
  for (const { fileName, code, isEntry } of chunks) {
    const [, target] = FACADE.exec(code.trim()) ?? []
    if (!isEntry && target !== undefined) behind.set(`./${fileName.replace('chunks/', '')}`, target)
  }
  return chunks
    .filter(({ fileName }) => !behind.has(`./${fileName.replace('chunks/', '')}`))
    .map(({ fileName, code }) => ({
      fileName,
      code: code.replace(/\bimport\("(\.{1,2}\/(?:chunks\/)?)([\w-]+\.js)"\)/g, (all, folder, file) => {
        const target = behind.get(`./${file}`)
        return target === undefined ? all : `import("${folder}${target.slice(2)}")`
      }),
    }))
}

/**
 * Writes the bundle to dist/ and gives the folders of the packages that are in it.
 *
 * @param {string} root Root of the repository, with a slash at the end.
 */
export async function bundle(root) {
  const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
  const peers = Object.keys(manifest.peerDependencies)
  const entries = [...entriesOf(manifest, 'import'), 'cli/main']
  const built = await rolldown({
    cwd: root,
    input: Object.fromEntries(entries.map((entry) => [entry, `${root}src/${entry}.ts`])),
    // undici is whose dispatcher a program asks for; what only sends through it brings its own along.
    external: (id, importer) =>
      id.startsWith('node:') ||
      (peers.includes(id) && (id !== 'undici' || importer?.endsWith('/src/undici.ts') === true)),
    platform: 'node',
    tsconfig: `${root}tsconfig.json`,
    plugins: [withoutAjv, nodeAsItIs],
  })
  const { output } = await built.generate({
    format: 'esm',
    minifyInternalExports: false,
    chunkFileNames: 'chunks/[name].js',
    codeSplitting: { groups },
    comments: { legal: false, jsdoc: false, annotation: false },
  })
  await built.close()
  write(`${root}dist/`, withoutFacades(output))
  return packagesOf(output.flatMap(({ modules = {} }) => Object.keys(modules)))
}

/**
 * Writes the scripts of the pages to dist/assets/: one for each page and one with what both need. A page that loads one
 * module after the other shows nothing meanwhile.
 *
 * @param {string} root Root of the repository, with a slash at the end.
 */
export async function bundlePages(root) {
  const built = await rolldown({
    cwd: root,
    input: Object.fromEntries(['console', 'docs'].map((page) => [page, `${root}src/console/client/${page}.ts`])),
    platform: 'browser',
    tsconfig: `${root}tsconfig.client.json`,
  })
  const { output } = await built.generate({
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] },
    comments: { legal: false, jsdoc: false },
  })
  await built.close()
  write(`${root}dist/assets/`, output)
}

function write(folder, chunks) {
  for (const { fileName, code } of chunks) {
    mkdirSync(dirname(folder + fileName), { recursive: true })
    writeFileSync(folder + fileName, code)
  }
}
