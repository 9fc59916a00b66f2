// Bundles src/ with the libraries it uses: the library for programs, and the command line. docs/decisions/0010 and 0015
// say why and how.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { rolldown } from 'rolldown'
import { packagesOf } from './third-party.mjs'

const entriesOf = ({ exports }) =>
  Object.values(exports)
    .map((target) => target.default)
    .filter((file) => file?.endsWith('.js'))
    .map((file) => file.replace(/^\.\/dist\/(.*)\.js$/, '$1'))

/** The command line in few files, each for what is needed together: a file costs a start more than what is in it. */
const commandLine = {
  input: 'main',
  groups: [
    { name: 'program', test: /\/src\/cli\/(?:run|option)\.ts$/, priority: 2 },
    { name: 'serve', test: /\/src\/(?:cli\/commands\/serve|server\/http\/http-server)\.ts$/, priority: 1 },
  ],
}

/**
 * Writes the bundles to dist/ and gives the folders of the packages that are in them.
 *
 * @param {string} root Root of the repository, with a slash at the end.
 */
export async function bundle(root) {
  const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
  const common = {
    cwd: root,
    external: [/^node:/, ...Object.keys(manifest.peerDependencies)],
    platform: 'node',
    tsconfig: `${root}tsconfig.json`,
  }
  const library = await generate(
    { ...common, input: Object.fromEntries(entriesOf(manifest).map((entry) => [entry, `${root}src/${entry}.ts`])) },
    { format: 'esm', chunkFileNames: 'chunks/[name].js' },
  )
  const program = await generate(
    { ...common, input: { [commandLine.input]: `${root}src/cli/${commandLine.input}.ts` } },
    {
      format: 'cjs',
      dynamicImportInCjs: false,
      chunkFileNames: '[name]-[hash].js',
      minify: true,
      codeSplitting: { groups: commandLine.groups },
    },
  )
  write(`${root}dist/`, library)
  write(`${root}dist/cli/`, program.map(inAscii))
  // Node reads CommonJS at once where it looks up, reads and links modules one after the other.
  writeFileSync(`${root}dist/cli/package.json`, '{ "type": "commonjs" }\n')
  return packagesOf([...library, ...program].flatMap(({ modules = {} }) => Object.keys(modules)))
}

async function generate(input, output) {
  const built = await rolldown(input)
  try {
    return (await built.generate({ ...output, comments: { legal: false, jsdoc: false } })).output
  } finally {
    await built.close()
  }
}

/** Outside strings and patterns the code has no other characters; Node reads ASCII faster and keeps it in half the memory. */
const inAscii = (chunk) => ({
  ...chunk,
  code: chunk.code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
})

function write(folder, chunks) {
  for (const { fileName, code } of chunks) {
    mkdirSync(dirname(folder + fileName), { recursive: true })
    writeFileSync(folder + fileName, code)
  }
}
