// Makes of what tsc writes the declarations that users get: those that an entry point leads to, for importers of both kinds.
import { readdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const IMPORT = /(\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)(['"])(\.[^'"\n]+)\.tsx?\2/g

/** Keeps the declarations that these reach, in a folder of nothing but declarations; gives how many. */
export function keepReachable(folder, entries) {
  const reached = new Set()
  const visit = (file) => {
    if (reached.has(file)) return
    reached.add(file)
    const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
    for (const [, , , name] of text.matchAll(IMPORT)) visit(join(dirname(file), `${name}.d.ts`))
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
  for (const file of reached) {
    const text = forEverybody(readFileSync(file, 'utf8'))
    writeFileSync(file, text.replace(IMPORT, '$1$2$3.js$2'))
    writeFileSync(file.replace(/\.ts$/, '.cts'), text.replace(IMPORT, '$1$2$3.cjs$2'))
  }
  return reached.size
}

/** For TypeScript from 5.0 on, which knows no `Uint8Array<ArrayBuffer>` before 5.7, and without the types of Node. */
const forEverybody = (text) =>
  text
    .replace(/(?<=[:|<(,]\s*)(?:Buffer|Uint8Array)(?:<ArrayBuffer(?:Like)?>)?(?=[\s;,|)>[])/g, 'Uint8Array')
    .replace(/^import .* from 'node:.*$/gm, '// @ts-ignore Without @types/node it is any.\n$&')
