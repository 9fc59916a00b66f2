import type { Command } from 'commander'
import { curlLine } from '../../shared/shell.ts'
import { readBytes, unreadable } from '../../shared/text-file.ts'
import type { OwnTextComparison, SignedRequest } from '../../signing/index.ts'
import type { Credentials } from '../../world/config.ts'
import { usageError } from '../exit.ts'
import type { Streams } from '../streams.ts'

interface SignCommandOptions {
  readonly data?: string
  readonly date?: string
  readonly header?: string[]
  readonly curl?: true
  readonly headers?: true
  readonly explain?: true
  readonly compare?: string
  readonly anyway?: true
  readonly signedHeaders: string
}

/** Adds `sign`. Credentials come from the environment or a file only, so that they stay out of the shell history. */
export function addSign(program: Command, { out }: Streams): void {
  program
    .command('sign')
    .description(
      'print a signed request; credentials from KOODRIVE_APP_ID, KOODRIVE_APP_SECRET and KOODRIVE_USER_ID, or the file that KOODRIVE_CREDENTIALS_FILE names (default: those of the mock)',
    )
    .argument('<method>', 'HTTP method')
    .argument('<url>', 'URL with query; characters that no request may hold are percent-encoded')
    .allowExcessArguments(false)
    .option('--data <string>', 'body; @file reads a file, @- standard input')
    .option('--date <x-date>', 'X-Date to sign, yyyyMMddTHHmmssZ (default: now)')
    .option('--header <name: value>', 'a further header; may be given again', (text, before: string[] = []) => [
      ...before,
      text,
    ])
    .option('--curl', 'as a curl command (default)')
    .option('--headers', 'as header lines')
    .option('--explain', 'with canonical request and string to sign')
    .option(
      '--compare <string>',
      'your own canonical request or string to sign; @file or @-: shows where it first differs (implies --explain)',
    )
    .option(
      '--anyway',
      'as header lines, and without checking whether the request can be right: for tests of a service',
    )
    .option('--signed-headers <names>', 'headers that --anyway signs, with ; between them', 'host;x-date;x-user-id')
    .action(async (method: string, url: string, options: SignCommandOptions) => {
      const signing = await import('../../signing/index.ts')
      const { systemTime } = await import('../../server/system-time.ts')
      const credentials = await credentialsFrom(process.env)
      const body = readText('--data', options.data)
      const request = {
        method,
        url: toWireUrl(checkedUrl(url)),
        body,
        headers: requestHeaders(options, credentials.userId, signing.formatXDate(systemTime.now())),
      }
      if (options.anyway) return out(await signedAnyway(request, credentials, options.signedHeaders))
      const signed = (() => {
        try {
          return signing.sign(request, credentials)
        } catch (error) {
          throw signing.isSigningError(error) ? usageError((error as Error).message) : error
        }
      })()
      const own = readText('--compare', options.compare)
      if (options.explain || own !== undefined) out(`${signing.explainSigning(signed)}\n`)
      if (own !== undefined) {
        return out(
          explainOwn(signing.compareOwnText(own.toString(), { ...request, headers: signed.headers }, credentials)),
        )
      }
      if (options.headers) out(`${signed.headers.map(([name, value]) => `${name}: ${value}`).join('\n')}\n`)
      else if (options.curl || !options.explain)
        out(`${signedToCurl(method, request.url, signed, options.data, body)}\n`)
    })
}

/** Header lines of a request that may be wrong on purpose. */
async function signedAnyway(
  request: { method: string; url: string; headers: [string, string][]; body: Uint8Array | string | undefined },
  credentials: SigningCredentials,
  names: string,
): Promise<string> {
  const { signAnyway } = await import('../../contract/authorize.ts')
  const headers: [string, string][] = [['Host', new URL(request.url).host], ...request.headers]
  const authorization = signAnyway({ ...request, headers }, credentials, names.split(';'))
  return [...headers, ['Authorization', authorization]].map(([name, value]) => `${name}: ${value}\n`).join('')
}

type SigningCredentials = Pick<Credentials, 'appId' | 'appSecret' | 'userId'>

async function credentialsFrom(environment: NodeJS.ProcessEnv): Promise<SigningCredentials> {
  const { defaultCredentials } = await import('../../world/world.ts')
  const { readCredentials } = await import('../contract/credentials.ts')
  const stored = environment['KOODRIVE_CREDENTIALS_FILE'] ? readCredentials(environment) : {}
  return {
    appId: environment['KOODRIVE_APP_ID'] ?? stored.appId ?? defaultCredentials.appId,
    appSecret: environment['KOODRIVE_APP_SECRET'] ?? stored.appSecret ?? defaultCredentials.appSecret,
    userId: environment['KOODRIVE_USER_ID'] ?? stored.userId ?? defaultCredentials.userId,
  }
}

function checkedUrl(url: string): string {
  if (URL.canParse(url) && /^https?:/i.test(url)) return url
  throw usageError(
    `"${url}" is not a URL. Give it whole, as it will be sent: http://127.0.0.1:4010/koodrive/ose/v1/userList?offset=0&limit=10`,
  )
}

/**
 * A URL as a request line can hold it: what is neither visible ASCII nor allowed in a path or query is percent-encoded, as
 * is a % that begins no code. The fragment stays at home.
 */
function toWireUrl(url: string): string {
  const [, origin = '', rest = ''] = /^(https?:\/\/[^/?#]*)([^#]*)/i.exec(url) ?? []
  return origin + rest.replace(/%(?![0-9A-F]{2})|[^\x21-\x7e]|["<>\\^`{|}]/giu, encodeURIComponent)
}

const STDIN = 0

/** A string that is given as it is, in a file, or on standard input. */
function readText(flag: string, given: string | undefined): Uint8Array | string | undefined {
  if (given === undefined || !given.startsWith('@')) return given
  const file = given.slice(1)
  try {
    return readBytes(file === '-' ? STDIN : file)
  } catch (error) {
    const what = file === '-' ? 'standard input' : 'the file'
    throw usageError(`${flag} ${given}: ${what} cannot be read (${unreadable(error)}).`)
  }
}

/** Where the own canonical request, or string to sign, first differs from the right one. */
function explainOwn({ summary, firstDifference }: OwnTextComparison): string {
  if (firstDifference === undefined) return `${summary}\n`
  const { part, expected, actual, expectedBytes, actualBytes } = firstDifference
  const row = (whose: string, line: string | null, bytes: string) =>
    `  ${whose.padEnd(6)}${line ?? '(no such line)'}${bytes === '' ? '' : `  [${bytes}]`}\n`
  return `${summary}\n${part}:\n${row('right', expected, expectedBytes)}${row('yours', actual, actualBytes)}`
}

function requestHeaders(
  { data, date, header = [] }: SignCommandOptions,
  userId: string,
  now: string,
): [string, string][] {
  const further = header.map((line): [string, string] => {
    const at = line.indexOf(':')
    if (at < 1) throw usageError(`--header takes "Name: value", not "${line}".`)
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()]
  })
  return [
    ['X-Date', date ?? now],
    ['X-User-Id', userId],
    ...(data === undefined ? [] : [['Content-Type', 'application/json'] as [string, string]]),
    ...further,
  ]
}

/**
 * One line that sends exactly what was signed. curl sets Host itself. A body of standard input is in the line, as far as it
 * is text; other bytes have to be piped into the line.
 */
function signedToCurl(
  method: string,
  url: string,
  { headers }: SignedRequest,
  data: string | undefined,
  body: Uint8Array | string | undefined,
): string {
  const text = Buffer.from(body ?? '').toString()
  const isText = !text.includes('\0') && Buffer.from(text).equals(Buffer.from(body ?? ''))
  const isInLine = data !== undefined && (!data.startsWith('@') || (data === '@-' && isText))
  return curlLine({
    method: method.toUpperCase(),
    url,
    headers: headers.filter(([name]) => name.toLowerCase() !== 'host'),
    ...(isInLine ? { body: text } : { bodyFile: data?.slice(1) }),
  })
}
