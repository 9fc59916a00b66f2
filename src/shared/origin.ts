/** What is wrong with a string as the origin of a page, and what to do; undefined when nothing is. */
export function originProblem(text: string): string | undefined {
  if (text === '*')
    return 'every origin cannot be allowed: any page could use the mock then. Name each, such as http://localhost:5173.'
  if (!URL.canParse(text)) return 'it takes scheme, host and port of a page, such as http://localhost:5173.'
  const { origin, protocol } = new URL(text)
  if (protocol !== 'http:' && protocol !== 'https:') return 'it takes http or https.'
  return origin === text ? undefined : `an origin has no path, no usual port and small letters: write ${origin}.`
}

/** What is wrong with the URL of a fallback, and what to do; undefined when nothing is. */
export function fallbackProblem(text: string): string | undefined {
  if (!URL.canParse(text)) return 'it takes an http or https URL, such as http://127.0.0.1:8080.'
  const { protocol, username, password, search, hash } = new URL(text)
  if (protocol !== 'http:' && protocol !== 'https:') return `it takes http or https, not ${protocol}//.`
  if (username !== '' || password !== '') return 'it takes no name and password in the URL.'
  if (search !== '' || hash !== '') return 'it takes no query and no fragment: they come with each call.'
  return undefined
}
