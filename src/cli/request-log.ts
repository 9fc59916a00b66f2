import type { FinishedExchange } from '../journal/journal-view.ts'
import { printable, printableJson } from '../shared/escape.ts'
import { redactTarget } from '../shared/redact.ts'
import { colours } from './colours.ts'

const FIRST_REFUSAL = 400

/** One calm line a request, for people or for machines. `error` shows refusals only. */
export function createRequestLog(level: LogLevel, format: LogFormat, write: (text: string) => void) {
  return (exchange: FinishedExchange): void => {
    if (level === 'silent' || (level === 'error' && exchange.status < FIRST_REFUSAL)) return
    write(`${format === 'json' ? toJsonLine(exchange) : toPrettyLine(exchange)}\n`)
  }
}

/** A line about a client that failed before its request. */
export const createNoticeLog =
  (format: LogFormat, write: (text: string) => void) =>
  (notice: string): void =>
    write(format === 'json' ? `${printableJson({ notice })}\n` : `${colours.yellow(printable(notice))}\n`)

function toJsonLine({ target, durationMs, ...rest }: FinishedExchange): string {
  return printableJson({ ...rest, target: redactTarget(target), durationMs: Math.round(durationMs * 1000) / 1000 })
}

function toPrettyLine(exchange: FinishedExchange): string {
  const { method, target, operation, status, durationMs, diagnosis, sandbox, task, route, passedOnTo, faults } =
    exchange
  const paint = status < FIRST_REFUSAL ? colours.green : status < 500 ? colours.yellow : colours.red
  const parts = [
    `${printable(method).padEnd(4)} ${operation ?? printable(redactTarget(target))} ${paint(String(status))} ${colours.dim(`${durationMs.toFixed(1)} ms`)}`,
    sandbox !== undefined && sandbox !== 'default' && colours.dim(printable(sandbox)),
    task !== undefined && colours.dim(`task ${task}`),
    route !== undefined && colours.dim(`route ${printable(route)}`),
    passedOnTo !== undefined && colours.dim(`passed on to ${printable(passedOnTo)}`),
    faults.length > 0 && colours.yellow(`fault ${printable(faults.join(', '))}`),
    diagnosis !== undefined && ` ${printable(diagnosis)}`,
  ]
  return parts.filter((part) => part !== false).join(' ')
}

export const logLevels = ['silent', 'error', 'info'] as const
export type LogLevel = (typeof logLevels)[number]
export const logFormats = ['pretty', 'json'] as const
export type LogFormat = (typeof logFormats)[number]
