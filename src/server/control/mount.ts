import type { SandboxDefaults } from '../defaults.ts'
import type { Deps } from '../deps.ts'
import type { App } from '../http/app.ts'
import type { GuardOptions } from './guard.ts'

/** Where the control plane is. */
export const CONTROL_PREFIX = '/__admin'

export const isControlPath = (path: string): boolean => path === CONTROL_PREFIX || path.startsWith(`${CONTROL_PREFIX}/`)

/** Gives the control plane. */
export type LoadControl = () => Promise<App>

/** The control plane, which is loaded for the first call: many a test makes none. */
export function lazyControl(deps: Deps, defaults: SandboxDefaults, options: GuardOptions): LoadControl {
  let plane: Promise<App> | undefined
  return () => {
    plane ??= import('./control-plane.ts').then(({ createControlPlane }) => createControlPlane(deps, defaults, options))
    return plane
  }
}
