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
