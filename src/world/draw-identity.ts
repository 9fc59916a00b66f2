import type { Credentials } from './config.ts'
import { composeId } from './ids.ts'
import { hex, seedFor } from './random.ts'
import { type TokenKind, tokenKinds } from './tokens.ts'

/** Draws lower-case hex digits for a purpose: from a seed, the same each time; from the system, never the same again. */
export type DrawHex = (purpose: string, length: number) => string

export const seededHex =
  (seed: number): DrawHex =>
  (purpose, length) =>
    hex(seedFor(seed, purpose), length)

/** Credentials of one's own: what is left out is drawn. */
export interface ChosenCredentials {
  readonly appId?: string | undefined
  readonly appSecret?: string | undefined
  readonly userId?: string | undefined
  readonly tokens?: { readonly [K in TokenKind]?: string | undefined } | undefined
}

/** Ids of system administrators are of the year from here on: 2024-01-01. */
const ADMINISTRATORS_SINCE_MS = 1_704_067_200_000
const YEAR_MS = 31_536_000_000

/** The credentials of the sandbox with this id. */
export function drawCredentials(drawHex: DrawHex, id: string, chosen: ChosenCredentials = {}): Credentials {
  const draw = (purpose: string, length: number) => drawHex(`${id} ${purpose}`, length)
  const number = (purpose: string) => Number.parseInt(draw(purpose, 12), 16)
  const tokens = Object.fromEntries(
    tokenKinds.map((kind) => [kind, chosen.tokens?.[kind] ?? draw(`${kind} token`, 48)]),
  )
  return {
    appId: chosen.appId ?? draw('app id', 64),
    appSecret: chosen.appSecret ?? draw('app secret', 40),
    userId:
      chosen.userId ??
      composeId({
        ms: ADMINISTRATORS_SINCE_MS + (number('user time') % YEAR_MS),
        worker: number('user worker') % 2048,
        sequence: 0,
      }),
    tokens: tokens as Credentials['tokens'],
  }
}
