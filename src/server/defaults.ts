import type { SandboxConfig } from '../world/config.ts'
import type { SandboxOptions } from '../world/world-options.ts'

/** What a new sandbox has unless its creator says otherwise: the flags of the server. */
export interface SandboxDefaults
  extends Omit<SandboxOptions, 'xDate' | 'seed' | 'readings'>,
    Pick<SandboxConfig, 'seed' | 'readings'> {}
