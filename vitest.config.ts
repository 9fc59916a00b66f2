import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { RetriedReporter } from './test/support/retried.ts'

const store = process.env['KOODRIVE_TEST_STORE']

export default defineConfig({
  test: {
    alias: store === 'folder' ? { '@electric-sql/pglite': resolve('test/support/shared-pglite.ts') } : {},
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    setupFiles: store === undefined ? [] : ['test/support/on-store.ts'],
    // Vitest would keep a core for itself: half of a machine with two. One more than there are cores works while others wait for
    // a program that they started.
    maxWorkers: availableParallelism() + 1,
    // Files share a process, as tests of a file do: nothing may hold state by itself, and to load all sources anew for each
    // file takes as long as the tests.
    isolate: false,
    testTimeout: store === undefined ? 20_000 : 120_000,
    hookTimeout: store === undefined ? 30_000 : 120_000,
    reporters: ['default', new RetriedReporter()],
    // Thirteen thousand tests over real sockets and processes: one that failed on a busy machine runs once more in CI, and the
    // report says so. A counterexample of a property is never tried away.
    retry: process.env['CI'] ? { count: 1, condition: /^(?!Property failed)/ } : 0,
    // A second, as is usual, is short on a machine that does other things as well.
    expect: { poll: { timeout: 15_000 } },
  },
})
