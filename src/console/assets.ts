import { readFile } from 'node:fs/promises'
import { notFound } from '../server/control/problem.ts'
import { pageHeaders } from './page-headers.ts'

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
