import { type Language, languages } from '../spec/languages.ts'

/** The language of a page: the one its address asks for, else the first that the browser accepts, else English. */
export function pageLanguage(wanted: string | undefined, accepted: string | null): Language {
  const asked = languages.find((language) => language === wanted)
  if (asked !== undefined) return asked
  for (const range of (accepted ?? '').split(',')) {
    const primary = range.trim().split(/[-;]/, 1)[0]?.toLowerCase() ?? ''
    const found = languages.find((language) => language.split('-', 1)[0] === primary)
    if (found !== undefined) return found
  }
  return languages[0]
}
