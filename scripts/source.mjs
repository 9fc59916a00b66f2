import { rolldown } from 'rolldown'

/** A module of src/ for a script, bundled in memory: Node 20 runs no TypeScript, and dist/ holds entry points only. */
export async function importSource(path) {
  const built = await rolldown({ input: new URL(`../src/${path}`, import.meta.url).pathname, platform: 'node' })
  const { output } = await built.generate({ format: 'esm' })
  await built.close()
  return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`)
}
