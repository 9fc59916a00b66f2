/**
 * The path that a request target means: without its query, dots resolved, escapes decoded. What is no path or URL stays
 * as it is, and so leads nowhere.
 */
export function pathOf(target: string): string {
  const [path = ''] = target.split('?', 1)
  if (/^\/[\w/-]*$/.test(path)) return path
  if (path.includes('\\')) return path
  try {
    return decodeURI(new URL(path.startsWith('/') ? `http://mock${path}` : path).pathname)
  } catch {
    return path
  }
}
