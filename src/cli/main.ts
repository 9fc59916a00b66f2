#!/usr/bin/env node
import { run } from './run.ts'
import { processStreams } from './streams.ts'

void run(process.argv.slice(2), processStreams).then((code) => {
  process.exitCode = code
})
