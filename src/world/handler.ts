import type { Commands, CommandType, ResultOf } from './commands.ts'
import type { State } from './state.ts'

/** What a command does to the state at a time. It refuses, if it does, before it has changed anything. */
export type Handler<T extends CommandType> = (state: State, payload: Commands[T]['payload'], at: number) => ResultOf<T>

/** A handler for each of some commands. */
export type Handlers<T extends CommandType> = { readonly [K in T]: Handler<K> }
