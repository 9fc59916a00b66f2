/** The languages of `msg`; the first is the documented default. */
export const languages = ['en-US', 'zh-CN'] as const
export type Language = (typeof languages)[number]

/** A text in every language of the service. */
export type Localized = Readonly<Record<Language, string>>

/**
 * The language a `language` header asks for. The pages write both `en-US` and `en_us`; anything unknown is English,
 * the documented default.
 */
export function toLanguage(header: string | undefined): Language {
  const wanted = header?.trim().replace('_', '-').toLowerCase()
  return languages.find((language) => language.toLowerCase() === wanted) ?? 'en-US'
}

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
