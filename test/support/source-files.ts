import { readdirSync, readFileSync } from 'node:fs'
import { dirname, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Root of the repository, with a slash at the end. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

/** A file of src/ with what it imports. */
export interface SourceFile {
  /** Path below src/, such as `spec/errors.ts`. */
  readonly path: string
  readonly text: string
  /** Files below src/ that it imports, types included. */
  readonly internal: readonly string[]
  /** Files below src/ that exist for it at run time: neither types nor lazily loaded. */
  readonly loads: readonly string[]
  /** Packages and node modules that it imports. */
  readonly external: readonly { readonly name: string; readonly lazy: boolean }[]
}

const IMPORT = /(?:^|\n)(?:import|export)\s+(type\s)?(?:[^'"\n;]|\n(?!import|export))*?from\s+'([^']+)'/g
const BARE = /(?:^|\n)import\s+'([^']+)'/g
const DYNAMIC = /\bimport\(\s*'([^']+)'\s*\)/g

const textOf = (path: string): string => readFileSync(`${root}src/${path}`, 'utf8')

const pathsOf = (ending: RegExp): string[] =>
  readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
    .filter((path) => ending.test(path))
    .map((path) => path.replaceAll('\\', '/'))

/** Every TypeScript file of src/. */
export const sourceFiles = (): SourceFile[] => pathsOf(/\.tsx?$/).map(parse)

/** Every style sheet of src/. */
export const styleSheets = (): Pick<SourceFile, 'path' | 'text'>[] =>
  pathsOf(/\.css$/).map((path) => ({ path, text: textOf(path) }))

function parse(path: string): SourceFile {
  const text = textOf(path)
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '')
  const found = [
    ...[...code.matchAll(IMPORT)].map(([, type, from = '']) => ({ from, lazy: false, type: type !== undefined })),
    ...[...code.matchAll(BARE)].map(([, from = '']) => ({ from, lazy: false, type: false })),
    ...[...code.matchAll(DYNAMIC)].map(([, from = '']) => ({ from, lazy: true, type: false })),
  ]
  const below = found.filter(({ from }) => from.startsWith('.')).map((one) => ({ ...one, to: target(path, one.from) }))
  return {
    path,
    text,
    internal: below.map(({ to }) => to),
    loads: below.filter(({ lazy, type }) => !lazy && !type).map(({ to }) => to),
    external: found.filter(({ from }) => !from.startsWith('.')).map(({ from, lazy }) => ({ name: from, lazy })),
  }
}

const target = (from: string, specifier: string): string => posix.join(dirname(from), specifier)
