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
