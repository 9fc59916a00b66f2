import type { Route } from '../routes/route.ts'
import { usageError } from './exit.ts'

/**
 * Own answers from a file; undefined without one.
 *
 * @throws ExitError 2 that names file, line and path of the first mistake, and what is allowed.
 */
export async function routesOf(file: string | undefined): Promise<readonly Route[] | undefined> {
  if (file === undefined) return undefined
  const { readRoutesFile } = await import('../routes/parse.ts')
  return readRoutesFile(file).catch((error: Error) => {
    throw usageError(`--routes ${error.message}`)
  })
}
