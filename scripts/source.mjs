import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A module of src/ for a script: Node 20 runs no TypeScript, and dist/ may be of before a change. */
export async function importSource(path) {
  // Away from the tree, which others may copy meanwhile; the packages that it imports are found by the link.
  const folder = mkdtempSync(join(tmpdir(), 'koodrive-source-'))
  symlinkSync(`${root}node_modules`, join(folder, 'node_modules'), 'junction')
  try {
    const built = await rolldown({ input: `${root}src/${path}`, platform: 'node', external: /^(?:@?[\w-]|node:)/ })
    await built.write({ dir: folder, format: 'esm', entryFileNames: 'module.mjs' })
    await built.close()
    return await import(pathToFileURL(join(folder, 'module.mjs')).href)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
