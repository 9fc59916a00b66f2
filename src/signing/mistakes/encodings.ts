import { percentEncode } from '../percent-encoding.ts'

/** `encodeURIComponent`: leaves `! ' ( ) *`. */
export function encodeLikeJavaScript(text: string): string {
  return encodeURIComponent(text)
}

/** `encodeURI`: leaves all reserved characters too. */
export function encodeLikeUri(text: string): string {
  return encodeURI(text)
}

/** HTML form encoding, as Java's `URLEncoder`: `+` for a space, `*` left, `~` as `%7E`. */
export function encodeLikeForm(text: string): string {
  return percentEncode(text).replaceAll('%20', '+').replaceAll('%2A', '*').replaceAll('~', '%7E')
}

/** `%E6` to `%e6`. */
export function lowerCaseHex(encoded: string): string {
  return encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
}
