import type { DiagnosedMistake } from './diagnose.ts'

const UNEXPLAINED =
  'The signature does not match, and no known mistake, alone or with a second one, explains it: check the AppSecret, then compare your canonical request with that of the server line by line'

/** What is wrong and what to do about it, in one sentence. */
export function summarize(ok: boolean, mistakes: readonly DiagnosedMistake[], isReproduced: boolean): string {
  if (ok) return 'The signature is right.'
  const sentences = mistakes.map(({ title, cure }) => `${title}: ${cure}`)
  if (sentences.length === 0) return `${UNEXPLAINED}.`
  const numbered = sentences.length === 1 ? sentences : sentences.map((sentence, at) => `(${at + 1}) ${sentence}`)
  const known = numbered.join('; ')
  return isReproduced || isCause(mistakes) ? `${known}.` : `${known}. Besides, the signature does not match.`
}

/** Mistakes after which no signature can match, so that a mismatch needs no mention. */
const isCause = (mistakes: readonly DiagnosedMistake[]): boolean =>
  mistakes.some(({ id }) => /^(?:authorization|scheme|app-id|secret-in|x-date|x-user-id|signed-header)/.test(id))
