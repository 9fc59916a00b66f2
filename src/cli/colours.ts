import pc from 'picocolors'

/** Colours of a terminal; without them each gives its text back. */
export type Colours = ReturnType<typeof pc.createColors>

/**
 * Whether a stream takes colours. NO_COLOR and FORCE_COLOR decide; without them a terminal does, and a file or a pipe
 * does not, in CI neither: whoever reads it there would find codes in it.
 */
export function supportsColours(
  { isTTY }: { readonly isTTY?: boolean | undefined },
  { NO_COLOR, FORCE_COLOR, TERM }: Readonly<Record<string, string | undefined>>,
): boolean {
  if (NO_COLOR) return false
  if (FORCE_COLOR) return FORCE_COLOR !== '0'
  return isTTY === true && TERM !== 'dumb'
}

/** For a file. */
export const noColours: Colours = pc.createColors(false)
/** For standard output. */
export const colours: Colours = pc.createColors(supportsColours(process.stdout, process.env))
/** For standard error. */
export const errorColours: Colours = pc.createColors(supportsColours(process.stderr, process.env))
