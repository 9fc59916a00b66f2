import { percentEncode } from '../percent-encoding.ts'

/** A shorter secret stands in every string by chance; blotting it out would tell more than it hides. */
const MIN_LENGTH = 4
const MASK = '[AppSecret]'
/** What a journal and a terminal can bear. */
const MAX_TEXT = 65_536

/** A function that blots secrets out of a string, wherever a client may have put them, and cuts an overlong string. */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const spellings = new Set(secrets.filter(({ length }) => length >= MIN_LENGTH).flatMap(spellingsOf))
  return (text) => {
    let clean = text
    for (const spelling of spellings) if (clean.includes(spelling)) clean = clean.replaceAll(spelling, MASK)
    return clean.length <= MAX_TEXT ? clean : `${clean.slice(0, MAX_TEXT)}... (${clean.length - MAX_TEXT} more)`
  }
}

/** In a header or body; in a query or path; in one that was encoded twice. */
function spellingsOf(secret: string): string[] {
  const encoded = percentEncode(secret)
  return [secret, encoded, percentEncode(encoded)]
}
