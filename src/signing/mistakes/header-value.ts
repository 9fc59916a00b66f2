import type { Change } from '../attempt.ts'

/** What JavaScript, Python, Java make of a value that is not there yet when the request is signed. */
export const NOTHING: readonly string[] = ['', 'undefined', 'null', 'None']

/** Signs another text as the value of a header. */
export function value(header: string, text: string): Change {
  return (attempt) => ({
    ...attempt,
    headers: attempt.headers.map((line) => (line.name === header ? { ...line, value: text } : line)),
  })
}
