import { hash32, hex, seedFor } from '../../world/random.ts'
import type { State } from '../../world/state.ts'

/** Tenant of an organisation: 32 hex digits, as the reference pages print it. */
export const tenantIdOf = ({ config: { seed } }: State): string => hex(seedFor(seed, 'tenant'), 32)

/** The organisation in OrgID: 19 digits, such as 9190086000001210958. GetUser, example. */
export const orgIdOf = ({ config: { seed } }: State): string =>
  `919008600${String(hash32(seedFor(seed, 'organisation'), 0)).padStart(10, '0')}`
