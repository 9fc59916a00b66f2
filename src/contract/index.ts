/**
 * The contract kit: runs the same checks against the mock or the real endpoint and tells where they differ.
 *
 * @module
 */
export type { Check, Level } from './check.ts'
export { checks } from './checks.ts'
export type { CleanUp, Leftovers } from './clean-up.ts'
export { type CleanUpOptions, cleanUpRuns, findLeftovers } from './clean-up-runs.ts'
export { type ContractCredentials, credentialVariables, hasAnyCredential, type Need } from './credentials.ts'
export { type Exploration, type ExploreOptions, explorationText, exploreContract } from './explore/explore.ts'
export {
  type EarlierRun,
  type Ledger,
  type LedgerEntry,
  ledgerEntries,
  openLedger,
  readLedger,
} from './ledger.ts'
export { type ContractOptions, selectChecks, toTarget } from './options.ts'
export { ContractUsageError, SafetyStop } from './outcome.ts'
export { type ContractPlan, type PlanLine, planContract, planText } from './plan.ts'
export type { PlannedRequest } from './probe.ts'
export type { CheckResult, ShownExchange, Verdict } from './report.ts'
export {
  type Change,
  type ContractReport,
  diffReports,
  diffText,
  type Outcome,
  REPORT_SCHEMA,
  toJsonReport,
} from './report.ts'
export { toAnnotations, toJunit, toStepSummary } from './reporters/ci.ts'
export { toHtml } from './reporters/html.ts'
export { toPretty } from './reporters/pretty.ts'
export { type ContractRun, runContract } from './run-contract.ts'
export type { SentRequest } from './session.ts'
export type { Fetch } from './transport.ts'
