/**
 * The mock as a library.
 *
 * @module
 */
export type { Fault, Scenario } from './scenarios/scenario.ts'
export { createMock, type Mock } from './server/create-mock.ts'
export type { FinishedExchange } from './server/finished-exchange.ts'
export type { Listening, ListenOptions, TlsChoice } from './server/listening.ts'
export type { MockOptions } from './server/mock-options.ts'
export type { ClockView, MockSandbox, MockSandboxOptions } from './server/mock-sandbox.ts'
export type { Credentials } from './world/config.ts'
