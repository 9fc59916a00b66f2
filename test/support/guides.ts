/** A guide of docs/how-to, and how a reader knows that it worked. */
export interface Guide {
  readonly name: string
  /** What its commands print, in any order. */
  readonly prints: readonly RegExp[]
  /** What it takes beside Node and what this repository develops with. */
  readonly needs?: 'go' | 'network' | 'engine'
}

/** Every guide. */
export const guides: readonly Guide[] = [
  { name: 'vitest', prints: [/Tests +2 passed/] },
  { name: 'time-in-tests', prints: [/Tests +2 passed/] },
  { name: 'own-routes', prints: [/pass 2$/m, /^{"hello":"Ada"}$/m] },
  { name: 'own-scenarios', prints: [/pass 1$/m] },
  { name: 'node-test', prints: [/pass 2$/m, /pass 3$/m] },
  { name: 'production-host', prints: [/^200$[\s\S]*^200$/m] },
  { name: 'go-test', prints: [/^--- PASS: TestProvisionsAUser/m, /^--- PASS: TestSkipsAUserWhoExists/m], needs: 'go' },
  { name: 'jest', prints: [/Tests: +2 passed, 2 total/, /Tests: +4 passed, 4 total/], needs: 'network' },
  { name: 'mocha', prints: [/2 passing/, /3 passing/], needs: 'network' },
  { name: 'playwright-test', prints: [/2 passed/, /3 passed/], needs: 'network' },
  { name: 'pytest', prints: [/2 passed/], needs: 'network' },
  { name: 'junit', prints: [/Tests run: 2, Failures: 0, Errors: 0, Skipped: 0/], needs: 'network' },
  { name: 'testcontainers-python', prints: [/3 passed/], needs: 'engine' },
  { name: 'testcontainers-java', prints: [/Tests run: 3, Failures: 0, Errors: 0, Skipped: 0/], needs: 'engine' },
  {
    name: 'testcontainers-go',
    prints: [/^--- PASS: TestListsTheUsersOfAnOrganisationOfItsOwn/m, /^--- PASS: TestMeetsAnOutage/m],
    needs: 'engine',
  },
]
