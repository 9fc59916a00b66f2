import type { Exchange } from './exchange.ts'

/** What a check found instead of what it expected, in plain words. */
export interface Finding {
  readonly expected: string
  readonly got: string
  /** The exchanges that prove it; those the check looked at when absent. */
  readonly exchanges?: readonly Exchange[]
}

/** The target deviates from the documents. The only way for a check to say so. */
export class CheckFailure extends Error {
  override name = 'CheckFailure' as const
  readonly finding: Finding

  constructor(finding: Finding) {
    super(`expected ${finding.expected}, got ${finding.got}`)
    this.finding = finding
  }
}

/** The check cannot be judged here, and that is nobody's fault. */
export class SkipCheck extends Error {
  override name = 'SkipCheck' as const
}

/** No answer: refused connection, timeout, TLS, truncated or oversized body. Never a violation. */
export class NetworkFailure extends Error {
  override name = 'NetworkFailure' as const
}

/** Something that the target must not make the kit do: the run ends at once. */
export class SafetyStop extends Error {
  override name = 'SafetyStop' as const
}

/** Wrong options of a run. */
export class ContractUsageError extends Error {
  override name = 'ContractUsageError' as const
}

/** Ends a check with a violation. */
export function fail(expected: string, got: string, ...exchanges: readonly Exchange[]): never {
  throw new CheckFailure({ expected, got, ...(exchanges.length > 0 && { exchanges }) })
}

/** Ends a check without a verdict. */
export function skip(reason: string): never {
  throw new SkipCheck(reason)
}
