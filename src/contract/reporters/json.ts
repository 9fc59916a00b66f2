import { printableJson } from '../../shared/escape.ts'
import type { ContractReport } from '../report.ts'

/** The report as JSON; secrets are out of it already. */
export const toJsonReport = (report: ContractReport): string => `${printableJson(report, 2)}\n`
