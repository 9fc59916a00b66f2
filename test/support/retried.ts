import type { Reporter, TestModule } from 'vitest/node'

/** Names at the end of a run each test that passed only when it was tried again, and why it had failed. */
export class RetriedReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    for (const module of modules) {
      for (const test of module.children.allTests('passed')) {
        if (!test.diagnostic()?.flaky) continue
        const why = test.result().errors?.[0]?.message ?? 'no reason given'
        process.stdout.write(`passed at the second try: ${module.relativeModuleId} > ${test.fullName}: ${why}\n`)
      }
    }
  }
}
