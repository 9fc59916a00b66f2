/**
 * Characters that steer a terminal or forge a line: controls, line and paragraph separators, marks that turn the direction
 * of text, characters without width, halves of characters.
 */
const STEERING =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu
/** How a workflow command begins, as GitHub, Azure Pipelines and TeamCity read it out of a log. */
const COMMAND = /##(?=[\w-]{0,30}\[)|::(?=[a-z][a-z-]{0,40}(?:\s[^:\n]{0,200})?::)/gi
const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const codeOf = (sign: string): number => sign.codePointAt(0) ?? 0
const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0')

const visible = (sign: string): string => {
  const code = codeOf(sign)
  if (code < 0x100) return short[sign] ?? `\\x${hex(code, 2)}`
  return code > 0xffff ? `\\u{${hex(code, 1)}}` : `\\u${hex(code, 4)}`
}

/**
 * A string of somebody else as part of a line for a terminal or the log of a CI service: whatever would steer it is shown by
 * its code, and no workflow command is left in it.
 */
export const printable = (text: string): string =>
  text.replace(STEERING, visible).replace(COMMAND, (found) => `${found[0]}\\x${hex(codeOf(found), 2)}`)

/** Colours, and the start of a line anew as a progress line writes it. */
const OURS = '\u001b\\[[\\d;]{0,12}m|\r\u001b\\[K|[\n\t]'
const CONTROL = new RegExp(`(${OURS})|\\p{Cc}`, 'gu')

/** Output of ours with foreign strings in it: line ends and colours stay, any other control character is shown by its code. */
export const visibleControls = (text: string): string =>
  text.replace(CONTROL, (found, ours?: string) => ours ?? visible(found))

/** A value as JSON for a log or a file, in one line unless indented, with the same signs escaped as JSON escapes them. */
export const printableJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, undefined, indent)
    // The line ends of the indentation stay; those of strings are escaped already.
    .replace(STEERING, (sign) => (sign === '\n' ? sign : [...sign].flatMap(units).map(jsonEscape).join('')))
    .replace(COMMAND, (found) => `${found[0]}${jsonEscape(codeOf(found))}`)

const units = (sign: string): number[] => Array.from({ length: sign.length }, (_, at) => sign.charCodeAt(at))
const jsonEscape = (unit: number): string => `\\u${hex(unit, 4)}`

/**
 * A string as the value of a header: one line of ASCII, other characters by their codes, cut at `longest`. Node refuses to send
 * anything else, and a client that reads 16 KiB of headers must not meet more.
 */
export function headerText(text: string, longest = 2048): string {
  if (text.length <= longest && !UNFIT_FOR_HEADER.test(text)) return text
  const line = text
    .slice(0, longest)
    .replace(/[\t\n\v\f\r ]+/g, ' ')
    .replace(/[^ -~]/gu, visible)
  return text.length <= longest && line.length <= longest ? line : `${line.slice(0, longest - CUT.length)}${CUT}`
}

const CUT = '...'
const UNFIT_FOR_HEADER = /[^ -~]| {2}/

/** Characters that XML 1.0 cannot hold in any spelling, and halves of characters. */
const NOT_IN_XML = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
const entities: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
}

/** Controls but line ends and tabs, and what turns the direction of text: none of them is for readers. */
const UNREADABLE = /[^\P{Cc}\n\t]|[\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** Text for XML and HTML, in elements and in attributes. What would steer a viewer is shown by its code. */
export const escapeMarkup = (text: string): string =>
  text
    .replace(NOT_IN_XML, '\ufffd')
    .replace(UNREADABLE, visible)
    .replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)

/** The message of a workflow command of GitHub. It stands on one line, so no command in it is read as one. */
export const workflowMessage = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A').replace(STEERING, visible)

/** The value of a property of a workflow command. */
export const workflowProperty = (text: string): string =>
  workflowMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/** Text for a cell of a Markdown table. */
export const markdownCell = (text: string): string =>
  printable(text.replace(/[\r\n]+/g, ' '))
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
