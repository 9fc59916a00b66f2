import { bounds } from '../../shared/bounds.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import type { AppMiddleware } from '../app-env.ts'
import { answerJson } from './answer.ts'

interface Kept {
  readonly sandbox: Sandbox
  /** What the sandbox was like: nothing has changed as long as it is the same. */
  readonly version: number
  readonly text: string
  /** A long text as the bytes that go out: to encode it anew takes as long as all the rest. */
  readonly bytes: Uint8Array<ArrayBuffer> | undefined
  readonly rule: string
  readonly hint: string
}

/** Characters from which on bytes are kept; a short text goes out faster together with the headers. */
const LONG = 2000

/** What an entry costs besides its strings. */
const ENTRY_BYTES = 512
/** V8 keeps a string with a Chinese name in two bytes a character. */
const sizeOf = (key: string, { text, bytes, rule, hint }: Kept): number =>
  ENTRY_BYTES + 2 * (key.length + text.length + rule.length + hint.length) + (bytes?.length ?? 0)

/**
 * Gives the same answer to the same question as long as nothing in the organisation has changed: a page of 100 users
 * costs 300 µs to make. See docs/decisions/0017.
 */
export function cacheAnswers(bytesKept: number = bounds.answerCacheBytes.value): AppMiddleware {
  const kept = new Map<string, Kept>()
  let size = 0
  const drop = (key: string, entry: Kept | undefined = kept.get(key)) => {
    if (entry !== undefined && kept.delete(key)) size -= sizeOf(key, entry)
  }
  return async function cacheAnswers(c, next) {
    const call = c.get('call')
    const { sandbox, operation, caller, userId, language, wire } = call
    const isAsked = operation?.method === 'GET' && operation.headers === undefined
    const version = isAsked ? sandbox?.version : undefined
    if (sandbox === undefined || version === undefined) return next()
    const { kind, role, department } = caller
    const key = `${sandbox.id} ${kind} ${role} ${department.id} ${userId} ${language} ${wire.target}`
    const known = kept.get(key)
    if (known?.sandbox === sandbox && known.version === version) {
      call.rule = known.rule
      call.hint = known.hint
      call.encoded = known
      return answerJson(c, 200, known.text, {}, known.bytes)
    }
    drop(key, known)
    await next()
    const { sent, rule, refusal, hint = '' } = call
    // Whoever changes something by asking must be heard each time.
    if (refusal !== undefined || sandbox.version !== version) return
    const bytes = sent.length < LONG ? undefined : Buffer.from(sent)
    const entry = { sandbox, version, text: sent, bytes, rule, hint }
    call.encoded = entry
    if (sizeOf(key, entry) > bounds.answerCacheEntryBytes.value) return
    kept.set(key, entry)
    size += sizeOf(key, entry)
    for (const oldest of kept.keys()) {
      if (size <= bytesKept) return
      drop(oldest)
    }
  }
}
