import type { Hono } from 'hono'
import type { Env } from '../create-app.ts'
import type { SandboxDefaults } from '../defaults.ts'
import type { Deps } from '../deps.ts'
import type { GuardOptions } from './guard.ts'

/** Where the control plane is. */
export const CONTROL_PREFIX = '/__admin'

/** Puts the control plane under its prefix. It is loaded for the first call: many a test makes none. */
export function mountControl(app: Hono<Env>, deps: Deps, defaults: SandboxDefaults, options: GuardOptions): void {
  let plane: Promise<Hono<Env>> | undefined
  app.all(`${CONTROL_PREFIX}/*`, async ({ req, env }) => {
    plane ??= import('./control-plane.ts').then(({ createControlPlane }) => createControlPlane(deps, defaults, options))
    return (await plane).fetch(req.raw, env)
  })
}
