// Bundles src/ with the libraries it uses: one file an entry point, what they share and what is loaded on demand in
// dist/chunks/. docs/decisions/0010 says why.
import { readFileSync } from 'node:fs'
import { rolldown } from 'rolldown'
import { packagesOf } from './third-party.mjs'

const entriesOf = ({ bin, exports, name }) =>
  [...Object.values(exports).map((target) => target.default), bin[name]]
    .filter((file) => file?.endsWith('.js'))
    .map((file) => file.replace(/^(?:\.\/)?dist\/(.*)\.js$/, '$1'))

/**
 * Writes the bundle to dist/ and gives the folders of the packages that are in it.
 *
 * @param {string} root Root of the repository, with a slash at the end.
 */
export async function bundle(root) {
  const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
  const built = await rolldown({
    cwd: root,
    input: Object.fromEntries(entriesOf(manifest).map((entry) => [entry, `${root}src/${entry}.ts`])),
    external: [/^node:/, ...Object.keys(manifest.peerDependencies)],
    platform: 'node',
    tsconfig: `${root}tsconfig.json`,
  })
  const { output } = await built.write({
    dir: `${root}dist`,
    format: 'esm',
    chunkFileNames: 'chunks/[name].js',
    comments: { legal: false, jsdoc: false },
  })
  await built.close()
  return packagesOf(output.flatMap(({ modules = {} }) => Object.keys(modules)))
}
