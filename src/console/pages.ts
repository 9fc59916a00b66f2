import { readFile } from 'node:fs/promises'
import { notFound } from '../server/problem.ts'

/** What a page may do: load its own scripts, styles and data, and nothing else from anywhere. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Headers of every page, fragment and asset of the console. */
export const pageHeaders = (type: string): Record<string, string> => ({
  'Content-Type': `${type};charset=UTF-8`,
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
})

/** Where the build puts scripts and style sheets, as seen from src/ and from dist/ alike. */
const FOLDER = new URL(`${/^.*(?=\/(?:src|dist)\/)/.exec(import.meta.url)?.[0]}/dist/assets/`)

const types = { js: 'text/javascript', css: 'text/css' } as const

/**
 * An asset of the pages by its file name.
 *
 * @throws Problem 404 for any other file.
 */
export async function asset(file: string): Promise<Response> {
  const extension = /^[a-z][a-z-]*\.(js|css)$/.exec(file)?.[1] as keyof typeof types | undefined
  if (extension === undefined) throw notFound(`There is no asset "${file}".`)
  try {
    return new Response(await readFile(new URL(file, FOLDER)), { headers: pageHeaders(types[extension]) })
  } catch {
    throw notFound(`There is no asset "${file}". The build makes them: npm run build.`)
  }
}

/** Marks that turn the direction of text, characters without width, controls: they would make one name look like another. */
const HIDDEN = /(?![\t\n\r])\p{Cc}|[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu

/** Markup, and what is between; text fields keep what is in them as it is, because it is sent again. */
const PARTS = /(<textarea\b[\s\S]*?<\/textarea>|<option\b[\s\S]*?<\/option>|<[^>]*>)|([^<]+)/g

/**
 * Writes out what hides in the texts of a page, such as `\u202e`: whoever reads a name sees what it is made of. Attributes
 * stay as they are: what is copied is what was there.
 */
export function visibleHtml(html: string): string {
  if (html.search(HIDDEN) < 0) return html
  return html.replace(PARTS, (whole, markup?: string) => {
    if (markup === undefined) return whole.replace(HIDDEN, (sign) => `<span class="hidden-sign">${codeOf(sign)}</span>`)
    return /^<option\b/.test(markup) ? markup.replace(/>[^<]*</g, (text) => text.replace(HIDDEN, codeOf)) : markup
  })
}

function codeOf(sign: string): string {
  const code = sign.codePointAt(0) ?? 0
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`
}
