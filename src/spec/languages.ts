/** The languages of `msg`; the first is the documented default. */
export const languages = ['en-US', 'zh-CN'] as const
export type Language = (typeof languages)[number]

/** A string in every language of the service. */
export type Localized = Readonly<Record<Language, string>>

export const both = (en: string, zh: string): Localized => ({ 'en-US': en, 'zh-CN': zh })

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
  for (const tag of [wanted ?? '', ...(accepted ?? '').split(',')]) {
    const found = byPrimaryTag(tag)
    if (found !== undefined) return found
  }
  return languages[0]
}

/** The language of a tag such as `zh`, `zh-Hans`, `zh_CN` or `zh;q=0.5`. */
function byPrimaryTag(tag: string): Language | undefined {
  const primary = tag.trim().split(/[-_;]/, 1)[0]?.toLowerCase()
  return languages.find((language) => language.split('-', 1)[0] === primary)
}
