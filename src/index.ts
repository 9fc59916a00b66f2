/**
 * The mock as a library.
 *
 * @module
 */
export { createMock, type Mock, type MockOptions } from './server/create-mock.ts'
export type { Listening, ListenOptions } from './server/listen.ts'
export type { ClockView, MockSandbox, MockSandboxOptions } from './server/mock-sandbox.ts'
