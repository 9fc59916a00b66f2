import { describe, expect, it } from 'vitest'
import { chinese } from '../../src/console/texts/chinese/catalogue.ts'
import { sentencesIn } from '../support/sentences.ts'

/** Rooms whose words the console shows: as a diagnosis, as a finding, or because the control plane refuses something. */
const rooms = ['signing', 'journal', 'scenarios', 'server', 'world', 'mock', 'routes']

/** What is said elsewhere: on the command line, in a log, to a program, in its data, on a page with texts of its own. */
const saidElsewhere: readonly RegExp[] = [
  // Put together again, part by part.
  /^signing\/diagnosis\/diagnose\.ts: (?:; besides|\{\} mistakes)/,
  /^signing\/(?:verify|x-date|diagnosis\/own-text)\.ts: /,
  /^signing\/diagnosis\/describe\.ts: \{\}\.\.\. /,
  /^signing\/sign\.ts: (?:Canonical request \(|String to sign|\{\} {2}= hex|Signature =|Header to send)/,
  /^journal\/(?:verify\/|har\.ts|coverage\/coverage\.ts: (?:.*%|all sandboxes)|.*report card of)/,
  /^scenarios\/(?:parse\.ts: Scenario file|schema\.ts: koodrive-mock scenario)/,
  /^server\/(?:sign-in|metrics|tls|fallback|events)\//,
  /^server\/control\/(?:document\.ts|compose-request\.ts|routes\/(?:clock|sandboxes)\.ts: [`a-z]|routes\/\w+\.ts: Service Unavailable)/,
  /^server\/listen\.ts: tls: /,
  /^server\/http\/(?:http-server|secure-server|memory-connections|node-app|wire)\.ts: /,
  /^server\/listen\.ts: tls: expected /,
  /^server\/(?:own-routes\/answer|stored\/(?:stored-world|repeat-commands))\.ts: (?:The function|A command that a program)/,
  // Titles of HTTP statuses, headers, rules, and what is answered as data.
  /: (?:Service Unavailable|Bad Request|Not Found|Method Not Allowed|Internal Server Error|Unsupported Media Type)$/,
  /^server\/(?:middleware|faults)\/.*: (?:Origin, |[\w.-]+; inferred|fetch failed|A mock of |sandbox allow-|Incorrect authentication)/,
  /^server\/operations\/sessions\.ts: phone profile email$/,
  /^world\/world-options\.ts: (?:app|user) \w+$/,
  /^world\/(?:arrivals|tokens|directory\/[\w-]+|management\/(?:tasks|users))\.ts: (?![A-Z][a-z]+ (?:may|can|is|has)\b)/,
  /^mock\/service\.ts: koodrive-mock failed/,
  /^routes\/parse\.ts: /,
]

const catalogue = Object.keys(chinese)

/** Whether a text with gaps fits another one. */
function fits([first = '', ...rest]: readonly string[], text: string): boolean {
  const last = rest.pop() ?? ''
  if (!text.startsWith(first) || !text.endsWith(last)) return false
  let at = first.length
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return at <= text.length - last.length
}

/** Whether the catalogue has a sentence, with gaps or with some of them filled, or a longer one that a phrase is part of. */
function isKnown(text: string): boolean {
  const plain = text.trim().replace(/^(?:[\w.]+|\{\}): /, '')
  if (Object.hasOwn(chinese, plain)) return true
  const parts = plain.split(/(?<=[.!?])\s+(?=[A-Z{])/)
  const pieces = plain.split('{}')
  const isThere = catalogue.some(
    (one) =>
      (pieces.length > 1 && fits(pieces, one)) ||
      (one.replaceAll('{}', '').length > 12 && fits(one.split('{}'), plain)) ||
      one.startsWith(plain) ||
      (/^[^A-Z]/.test(plain) && one.includes(plain)),
  )
  return isThere || (parts.length > 1 && parts.every((one) => !/[A-Za-z]{2}/.test(one) || isKnown(one)))
}

describe('every sentence that the console may show is there in Chinese', () => {
  it.each(rooms)('of the room %s', (room) => {
    const missing = sentencesIn(room)
      .filter(({ text }) => !isKnown(text))
      .map(({ file, text }) => `${file}: ${text}`)
    expect(missing.filter((one) => !saidElsewhere.some((elsewhere) => elsewhere.test(one)))).toEqual([])
  })
})
