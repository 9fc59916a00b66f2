import { statSync } from 'node:fs'
import { type ContractCredentials, credentialVariables } from '../../contract/index.ts'
import { readTextFile, unreadable } from '../../shared/text-file.ts'
import { ExitError, usageError } from '../exit.ts'

/** Group and everybody: whoever is not the owner. */
const OTHERS = 0o077
/** Names the file that holds the credentials, for whoever keeps them out of the environment. */
const FILE_VARIABLE = 'KOODRIVE_CREDENTIALS_FILE'

/** Credentials from the environment, over those of the file; never from the command line, which others can see. */
export function readCredentials(environment: NodeJS.ProcessEnv): ContractCredentials {
  const file = environment[FILE_VARIABLE]
  const stored = file === undefined || file === '' ? {} : readFile(file)
  const entries = Object.entries(credentialVariables).flatMap(([key, variable]) => {
    const value = environment[variable] || stored[variable]
    return value === undefined || value === '' ? [] : [[key, value]]
  })
  return Object.fromEntries(entries) as ContractCredentials
}

/** Lines `NAME=value`, or a JSON object; whatever else is in it is left alone. No message quotes the file. */
function readFile(file: string): Record<string, string> {
  let text: string
  try {
    refuseOpenFile(file)
    text = readTextFile(file)
  } catch (error) {
    if (error instanceof ExitError) throw error
    throw usageError(`${FILE_VARIABLE} names ${file}, which cannot be read (${unreadable(error)}).`)
  }
  if (!text.trimStart().startsWith('{')) return fromLines(text)
  try {
    const pairs = Object.entries(JSON.parse(text) as object)
    return Object.fromEntries(pairs.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
  } catch {
    throw usageError(`${FILE_VARIABLE} names ${file}, which is neither JSON nor lines NAME=value.`)
  }
}

/** A secret that others can read is none. Windows has no such bits, and pipes are nobody else's. */
function refuseOpenFile(file: string): void {
  const stat = statSync(file)
  if (process.platform === 'win32' || !stat.isFile() || (stat.mode & OTHERS) === 0) return
  throw usageError(`${FILE_VARIABLE} names ${file}, which others than you can read: chmod 600 ${file}`)
}

function fromLines(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).flatMap((line) => {
    const [, name, value] = /^\s*(?:export\s+)?([A-Z_]+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [[name, value.replace(/^(["'])(.*)\1$/, '$2')]]
  })
  return Object.fromEntries(lines)
}
