import type { ContractReport } from '../report.ts'

/** The report as JSON; secrets are out of it already. */
export const toJsonReport = (report: ContractReport): string => `${JSON.stringify(report, null, 2)}\n`
