import { toCanonical } from '../client/dialect.ts'
import { problemsOf, tablesOf, unknownFields } from '../contract/checks/responses.ts'
import { explainHost, type RewrittenHost, rewrittenHost } from '../server/forward.ts'
import { headerOf, type Wire } from '../server/http/wire.ts'
import { Refusal } from '../server/refusal.ts'
import { readBody } from '../server/validation/body.ts'
import { readQuery } from '../server/validation/parameters.ts'
import { hasMoreValues, isRecord, parseAnswer } from '../shared/json.ts'
import { type AppCredentials, diagnose } from '../signing/index.ts'
import { commonErrors, errorEntry } from '../spec/errors.ts'
import { limits } from '../spec/limits.ts'
import type { Operation } from '../spec/operation.ts'
import { defaultReadings } from '../spec/readings.ts'
import type { OperationId } from '../spec/wire-types.ts'

/** What is wrong with a request by the description of its operation, in the words of the mock. */
export async function requestProblems(operation: Operation, exchange: Wire): Promise<string[]> {
  const readers = [
    async () => operation.query && readQuery(operation.query, exchange.target),
    async () => operation.body && readBody(operation.body, exchange, defaultReadings),
  ]
  const problems: string[] = []
  for (const read of readers) {
    await read().catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error
      problems.push(`request: ${error.options.detail}`)
    })
  }
  return problems
}

/** What is wrong with the signature of a request as the service will see it; nothing when it is not ours to judge. */
export function signatureProblems(
  { method, target, headers }: Wire,
  body: Uint8Array,
  url: string,
  credentials: { readonly [key in keyof AppCredentials]?: AppCredentials[key] | undefined },
  now: number,
): string[] {
  const authorization = headerOf({ headers }, 'authorization') ?? ''
  const { appId, appSecret } = credentials
  if (!/hmac-sha256/i.test(authorization)) return []
  const rewritten = rewrittenHost(headers, url)
  const aboutHost = rewritten === undefined ? [] : [`signature: ${hostProblem(rewritten)}`]
  if (!appId || !appSecret || !authorization.includes(appId)) return aboutHost
  const { host } = new URL(url)
  const seen = [...headers.filter(([name]) => name.toLowerCase() !== 'host'), ['Host', host] as const]
  const secrets = { appId, appSecret, now }
  const diagnosis = diagnose({ method, url: target, headers: seen, body }, secrets)
  if (diagnosis.ok) return []
  if (rewritten === undefined) return [`signature: ${diagnosis.summary}`]
  const own = diagnose({ method, url: target, headers, body }, secrets)
  return own.ok ? aboutHost : [`signature: ${own.summary}`, ...aboutHost]
}

/** Why a signature that is right where the client sends it is wrong behind the proxy, and what to do. */
const hostProblem = (rewritten: RewrittenHost): string =>
  `${explainHost(rewritten, 'the proxy')}; start the proxy with --re-sign, or let the client sign X-Date and X-User-Id only`

/** Where an answer deviates from the description of its operation, with the table that says otherwise. */
export function responseDeviations(operation: Operation, status: number, text: string): string[] {
  if (hasMoreValues(text, limits.jsonMaxValues))
    return [`response: the body has more than ${limits.jsonMaxValues} values`]
  const body = parsed(text)
  if (!isRecord(body)) return ['response: the body is not a JSON object']
  const operationId = operation.operationId as OperationId
  const canonical = toCanonical(operationId, body)
  if (status === 200 && Number(canonical['code']) === 0) {
    const source = (path: string) => tablesOf(operation.response).find((table) => table.path === path)?.source
    const place = (table: string, field: string) => [table, field].filter((part) => part !== '').join('.')
    const wrong = problemsOf(operation, canonical).map(
      ({ table, field, text: what }) =>
        `response: ${place(table, field)}: ${what}; ${source(table) ?? operation.title}`,
    )
    const further = unknownFields(operation.response, canonical).map(
      ({ table, field }) => `response: ${place(table, field)} is not documented; ${source(table) ?? operation.title}`,
    )
    return [...new Set([...wrong, ...further])]
  }
  const code = body['code'] ?? body['error_code']
  if (code === undefined) return [`response: HTTP ${status} without a code`]
  const documented = [...new Set([...operation.errors, ...commonErrors])].map((name) => errorEntry(name))
  if ('error_code' in body || documented.some((entry) => String(entry.code) === String(code))) return []
  return [`response: code ${String(code).slice(0, 20)} is not documented for ${operationId}`]
}

function parsed(text: string): unknown {
  try {
    return parseAnswer(text)
  } catch {
    return undefined
  }
}
