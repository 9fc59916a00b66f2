import type { DiagnosedMistake, Diagnosis } from './diagnosis.ts'

const COMPARE = "check the AppSecret, then compare your canonical request with the server's line by line"

/** The diagnosis in one sentence of ASCII, so that it can travel in a header. */
export function summarize(mistakes: readonly DiagnosedMistake[], signature: Diagnosis['signature']): string {
  const [first] = mistakes
  if (first === undefined) {
    return signature === 'right'
      ? 'The signature is right.'
      : `The signature does not match, and no known mistake explains it: ${COMPARE}.`
  }
  const rest = signature === 'unexplained' ? `; besides, the signature does not match: ${COMPARE}` : ''
  if (mistakes.length === 1) return toAscii(`${first.title}: ${first.cure}${rest}.`)
  const listed = mistakes.map(({ title, cure }, index) => `(${index + 1}) ${title}: ${cure}`)
  return toAscii(`${mistakes.length} mistakes: ${listed.join('; ')}${rest}.`)
}

function toAscii(text: string): string {
  return text.replace(/[^\x20-\x7E]/g, '?')
}
