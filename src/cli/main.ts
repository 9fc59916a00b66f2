#!/usr/bin/env node
import module from 'node:module'
import { processStreams } from './streams.ts'

/** Lets what is compiled be kept for the next start: by Node itself since 22.1, by us before. */
async function keepCompiled(): Promise<void> {
  const { enableCompileCache } = module as { enableCompileCache?: () => unknown }
  if (enableCompileCache !== undefined) return void enableCompileCache()
  const { NODE_DISABLE_COMPILE_CACHE, NODE_V8_COVERAGE } = process.env
  if (!NODE_DISABLE_COMPILE_CACHE && !NODE_V8_COVERAGE) (await import('./compile-cache.ts')).keepCompiled(process.env)
}

async function main(): Promise<void> {
  await keepCompiled()
  const { run } = await import('./run.ts')
  process.exitCode = await run(process.argv.slice(2), processStreams)
}

void main()
