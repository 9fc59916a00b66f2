/** What is wrong with a string as the origin of a page, and what to do; undefined when nothing is. */
export function originProblem(text: string): string | undefined {
  if (text === '*')
    return 'every origin cannot be allowed: any page could use the mock then. Name each, such as http://localhost:5173.'
  if (!URL.canParse(text)) return 'it takes scheme, host and port of a page, such as http://localhost:5173.'
  const { origin, protocol } = new URL(text)
  if (protocol !== 'http:' && protocol !== 'https:') return 'it takes http or https.'
  return origin === text ? undefined : `an origin has no path, no usual port and small letters: write ${origin}.`
}
