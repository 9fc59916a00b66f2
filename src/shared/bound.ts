/** A bound of this program: what is kept or read for somebody else ends there. `docs/reference/limits.md` is made of these. */
export interface Bound {
  readonly value: number
  readonly unit: 'bytes' | 'ms' | 'count'
  readonly what: string
  /** What happens beyond it. */
  readonly beyond: string
  /** The option that moves it. */
  readonly option?: string
}

export const KIB = 1024
export const MIB = 1024 * KIB
