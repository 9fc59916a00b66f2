import { type ContractCredentials, credentialVariables } from '../../contract/index.ts'
import { readTextFile, unreadable } from '../../shared/text-file.ts'
import { usageError } from '../exit.ts'

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
    text = readTextFile(file)
  } catch (error) {
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

function fromLines(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).flatMap((line) => {
    const [, name, value] = /^\s*(?:export\s+)?([A-Z_]+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [[name, value.replace(/^(["'])(.*)\1$/, '$2')]]
  })
  return Object.fromEntries(lines)
}
