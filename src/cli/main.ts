#!/usr/bin/env node
import module from 'node:module'
import { ownCacheFolder } from './cache-folder.ts'
import { exitCodeOf, processStreams } from './streams.ts'

/** Lets what is compiled be kept for the next start: by Node itself since 22.1, by us before. */
async function keepCompiled(): Promise<void> {
  const { NODE_COMPILE_CACHE, NODE_DISABLE_COMPILE_CACHE, NODE_V8_COVERAGE } = process.env
  if (NODE_DISABLE_COMPILE_CACHE || NODE_V8_COVERAGE) return
  const folder = NODE_COMPILE_CACHE || ownCacheFolder(process.env)
  if (folder === undefined) return
  const { enableCompileCache } = module as { enableCompileCache?: (folder: string) => unknown }
  if (enableCompileCache !== undefined) enableCompileCache(folder)
  else (await import('./compile-cache.ts')).keepCompiled(folder)
}

async function main(): Promise<void> {
  await keepCompiled()
  const { run } = await import('./run.ts')
  process.exitCode = exitCodeOf(await run(process.argv.slice(2), processStreams))
}

void main()
