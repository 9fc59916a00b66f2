// Checked by the compiler, never run.
import { expectTypeOf } from 'vitest'
import { type Credentials, createMock, type Listening, type MockOptions, type MockSandbox } from '../../src/index.ts'
import { diagnose, type SignedRequest, sign } from '../../src/signing/index.ts'

const mock = createMock({ seed: 1, scenario: 'duplicates', now: '2026-04-16T08:00:00Z', control: false })

expectTypeOf(createMock).parameter(0).toEqualTypeOf<MockOptions | undefined>()
expectTypeOf(mock.fetch).toExtend<typeof fetch>()
expectTypeOf(mock.credentials).toEqualTypeOf<Credentials>()
expectTypeOf(mock.listen).returns.resolves.toEqualTypeOf<Listening>()
expectTypeOf(mock.listen({ port: 0 }))
  .resolves.toHaveProperty('url')
  .toBeString()
expectTypeOf(mock.close).returns.resolves.toBeVoid()

const sandbox = mock.sandbox({ scenario: { batch: { outcomes: [] } } as object })
expectTypeOf(sandbox).toEqualTypeOf<MockSandbox>()
expectTypeOf(sandbox.clock.advance('PT16M').now).toBeString()
expectTypeOf(sandbox.credentials.tokens).toHaveProperty('deptAdmin').toBeString()
expectTypeOf(sandbox.tasks.list()).toBeArray()
expectTypeOf(sandbox.tasks.complete).parameter(0).toBeString()
expectTypeOf(sandbox.journal.list()).toBeArray()

expectTypeOf(sign).returns.toEqualTypeOf<SignedRequest>()
expectTypeOf(diagnose).toBeFunction()

// @ts-expect-error an option that does not exist
createMock({ user: 5 })
// @ts-expect-error a number is no scenario
mock.sandbox({ scenario: 1 })
// @ts-expect-error an unknown kind of fault
sandbox.faults.add({ kind: 'earthquake' })
// @ts-expect-error credentials cannot be changed
sandbox.credentials.appId = ''
// @ts-expect-error a token is issued for somebody
sandbox.tokens.issue('root')
