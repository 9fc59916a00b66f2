import type { Route } from '../routes/route.ts'
import type { Fault, Scenario } from '../scenarios/scenario.ts'
import type { BatchRows } from './batch/rows.ts'
import type { ClockSetting } from './clock.ts'
import type {
  DepartmentCommands,
  SessionCommands,
  SpaceCommands,
  TaskCommands,
  UserCommands,
} from './management-commands.ts'
import type { TokenKind } from './tokens.ts'

/** What a sandbox is told for good: a file of the server says so. */
interface Lasting {
  /** Whether the sandbox also starts with it when it is reset. */
  readonly outlivesReset?: boolean | undefined
}

/** What can be done to a sandbox, and what each command gives back. The only way its state changes. */
export interface Commands extends DepartmentCommands, UserCommands, SpaceCommands, TaskCommands, SessionCommands {
  'create-task': { readonly payload: { readonly userId: string; readonly rows: BatchRows }; readonly result: string }
  'complete-task': { readonly payload: { readonly taskId: string }; readonly result: undefined }
  'fail-task': { readonly payload: { readonly taskId: string }; readonly result: undefined }
  'issue-token': {
    readonly payload: { readonly kind: TokenKind; readonly lifeMs?: number | undefined }
    readonly result: string
  }
  'use-token': { readonly payload: { readonly token: string }; readonly result: undefined }
  'revoke-token': { readonly payload: { readonly token: string }; readonly result: boolean }
  'set-clock': { readonly payload: ClockSetting; readonly result: undefined }
  'set-scenario': { readonly payload: { readonly scenario: Scenario } & Lasting; readonly result: undefined }
  'set-readings': {
    readonly payload: { readonly readings: Readonly<Record<string, string>> }
    readonly result: undefined
  }
  /** Replaces the own answers for paths that no operation has; their counts begin anew. */
  'set-routes': { readonly payload: { readonly routes: readonly Route[] } & Lasting; readonly result: undefined }
  /** A call is answered by a route whose answer depends on the calls before it, or takes a fresh id. */
  'meet-route': {
    readonly payload: { readonly routeId: string; readonly takesId?: boolean }
    readonly result: RouteTurn
  }
  /** A client has read a page of a listing; whoever arrives behind it does so now. */
  'read-page': { readonly payload: object; readonly result: undefined }
  'add-fault': { readonly payload: { readonly fault: Fault }; readonly result: string }
  'remove-fault': { readonly payload: { readonly faultId: string }; readonly result: boolean }
  'clear-faults': { readonly payload: object; readonly result: undefined }
  /** The active faults see a call of an operation; the answer names those to inject into it. */
  'meet-faults': { readonly payload: { readonly operationId: string }; readonly result: readonly InjectedFault[] }
}

/** A fault to inject into a call. */
export interface InjectedFault {
  readonly faultId: string
  readonly fault: Fault
  /** Draws in [0, 1) for whatever of the fault is random, such as a delay. */
  readonly draws: readonly [number, number]
  /** What the answer tells the client to wait, in virtual seconds. */
  readonly retryAfterSeconds?: number
}

/** What a call of a route is given by the state. */
interface RouteTurn {
  /** How many calls the route has had, this one included. */
  readonly call: number
  /** A fresh id, where one was asked for. */
  readonly newId?: string
}

export type CommandType = keyof Commands

/** A command as it is carried out and logged: it brings its own virtual time. */
export type Command<T extends CommandType = CommandType> = {
  [K in T]: { readonly type: K; readonly at: number } & Commands[K]['payload']
}[T]

export type ResultOf<T extends CommandType> = Commands[T]['result']
