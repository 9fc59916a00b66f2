#!/usr/bin/env node
import module from 'node:module'
import { ownCacheFolder } from './cache-folder.ts'

/** Lets Node keep what it compiles for the next start, from 22.1 on; whoever names a folder has it done already. */
function keepCompiled(): void {
  const { NODE_COMPILE_CACHE, NODE_DISABLE_COMPILE_CACHE, NODE_V8_COVERAGE } = process.env
  if (NODE_COMPILE_CACHE || NODE_DISABLE_COMPILE_CACHE || NODE_V8_COVERAGE) return
  const { enableCompileCache } = module as { enableCompileCache?: (folder: string) => unknown }
  const folder = enableCompileCache && ownCacheFolder(process.env)
  if (folder !== undefined) enableCompileCache?.(folder)
}

// Only what is imported from here on is kept: this file imports nothing else that is worth keeping.
keepCompiled()
const { runProcess } = await import('./run.ts')
await runProcess()
