import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { RetriedReporter } from './test/support/retried.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    setupFiles: process.env['KOODRIVE_TEST_STORE'] === undefined ? [] : ['test/support/on-store.ts'],
    // Vitest would keep a core for itself: half of a machine with two. One more than there are cores works while others wait for
    // a program that they started.
    maxWorkers: availableParallelism() + 1,
    // Files share a process, as tests of a file do: nothing may hold state by itself, and to load all sources anew for each
    // file takes as long as the tests.
    isolate: false,
    testTimeout: process.env['KOODRIVE_TEST_STORE'] === undefined ? 20_000 : 120_000,
    hookTimeout: 30_000,
    reporters: ['default', new RetriedReporter()],
    // Thirteen thousand tests over real sockets and processes: one that failed on a busy machine runs once more in CI, and the
    // report says so. A counterexample of a property is never tried away.
    retry: process.env['CI'] ? { count: 1, condition: /^(?!Property failed)/ } : 0,
    // A second, as is usual, is short on a machine that does other things as well.
    expect: { poll: { timeout: 15_000 } },
  },
})
