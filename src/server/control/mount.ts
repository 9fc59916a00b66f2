import type { Hono } from 'hono'
import type { AppEnv } from '../app-env.ts'
import type { SandboxDefaults } from '../defaults.ts'
import type { Deps } from '../deps.ts'
import type { GuardOptions } from './guard.ts'

/** Where the control plane is. */
export const CONTROL_PREFIX = '/__admin'

/** Gives the control plane. */
export type LoadControl = () => Promise<Hono<AppEnv>>

/** The control plane, which is loaded for the first call: many a test makes none. */
export function lazyControl(deps: Deps, defaults: SandboxDefaults, options: GuardOptions): LoadControl {
  let plane: Promise<Hono<AppEnv>> | undefined
  return () => {
    plane ??= import('./control-plane.ts').then(({ createControlPlane }) => createControlPlane(deps, defaults, options))
    return plane
  }
}
