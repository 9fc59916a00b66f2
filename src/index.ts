/**
 * The mock as a library.
 *
 * @module
 */

export type { FinishedExchange } from './journal/journal-view.ts'
export { createMock, type Mock } from './mock/create-mock.ts'
export type { FallbackOptions, MockOptions } from './mock/mock-options.ts'
export type { MockSandbox } from './mock/mock-sandbox.ts'
export type { MockSandboxOptions } from './mock/sandbox-options.ts'
export type { Route, RouteAnswer, RouteCall, RouteFunction } from './routes/route.ts'
export type { Fault, Scenario } from './scenarios/scenario.ts'
export type { Listening, ListenOptions, TlsChoice } from './server/listening.ts'
export type { SandboxFilter } from './server/sandboxes/find-sandboxes.ts'
export type { ClockView } from './server/sandboxes/views.ts'
export type { SnapshotFile } from './server/snapshots/snapshot-format.ts'
export type { Credentials } from './world/config.ts'
