// Takes away the declarations that no entry point leads to.
import { readdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

const IMPORT = /(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)['"](\.[^'"\n]+)\.tsx?['"]/g

/** Keeps the declarations that these reach, in a folder of nothing but declarations; gives how many. */
export function keepReachable(folder, entries) {
  const reached = new Set()
  const visit = (file) => {
    if (reached.has(file)) return
    reached.add(file)
    const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
    for (const [, name] of text.matchAll(IMPORT)) visit(join(dirname(file), `${name}.d.ts`))
  }
  for (const entry of entries) visit(join(folder, entry))
  const sweep = (path) => {
    for (const name of readdirSync(path)) {
      const file = join(path, name)
      if (statSync(file).isDirectory()) sweep(file)
      else if (!reached.has(file)) rmSync(file)
    }
    if (readdirSync(path).length === 0) rmdirSync(path)
  }
  sweep(folder)
  return reached.size
}
