import pc from 'picocolors'
import type { FinishedExchange } from '../server/deps.ts'
import { redactTarget } from '../server/journal/redact.ts'

export const logLevels = ['silent', 'error', 'info'] as const
export type LogLevel = (typeof logLevels)[number]
export const logFormats = ['pretty', 'json'] as const
export type LogFormat = (typeof logFormats)[number]

const FIRST_REFUSAL = 400

/** One calm line a request, for people or for machines. `error` shows refusals only. */
export function createRequestLog(level: LogLevel, format: LogFormat, write: (text: string) => void) {
  return (exchange: FinishedExchange): void => {
    if (level === 'silent' || (level === 'error' && exchange.status < FIRST_REFUSAL)) return
    write(`${format === 'json' ? toJsonLine(exchange) : toPrettyLine(exchange)}\n`)
  }
}

function toJsonLine({ target, durationMs, ...rest }: FinishedExchange): string {
  return JSON.stringify({ ...rest, target: redactTarget(target), durationMs: Math.round(durationMs * 1000) / 1000 })
}

function toPrettyLine({ method, target, operation, status, durationMs, diagnosis, sandbox }: FinishedExchange): string {
  const what = operation ?? redactTarget(target)
  const paint = status < FIRST_REFUSAL ? pc.green : status < 500 ? pc.yellow : pc.red
  const where = sandbox === undefined || sandbox === 'default' ? '' : pc.dim(` ${sandbox}`)
  const why = diagnosis === undefined ? '' : `  ${diagnosis}`
  return `${method.padEnd(4)} ${what} ${paint(String(status))} ${pc.dim(`${durationMs.toFixed(1)} ms`)}${where}${why}`
}
