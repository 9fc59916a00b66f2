#!/usr/bin/env node
import module from 'node:module'
import { processStreams } from './streams.ts'

// Since 22.1 Node can keep what it has compiled for the next start. NODE_DISABLE_COMPILE_CACHE=1 forbids it.
const { enableCompileCache } = module as { enableCompileCache?: () => unknown }
enableCompileCache?.()

void import('./run.ts')
  .then(({ run }) => run(process.argv.slice(2), processStreams))
  .then((code) => {
    process.exitCode = code
  })
