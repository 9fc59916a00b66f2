import { mkdtempSync, rmSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A module of src/ for a script: Node 20 runs no TypeScript, and dist/ may be of before a change. */
export async function importSource(path) {
  // Below node_modules, where the packages that it imports are found.
  const folder = mkdtempSync(`${root}node_modules/.source-`)
  try {
    const built = await rolldown({ input: `${root}src/${path}`, platform: 'node', external: /^(?:@?[\w-]|node:)/ })
    await built.write({ dir: folder, format: 'esm', entryFileNames: 'module.mjs' })
    await built.close()
    return await import(pathToFileURL(`${folder}/module.mjs`).href)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
