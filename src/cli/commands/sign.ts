import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { curlLine } from '../../shared/shell.ts'
import type { SignedRequest } from '../../signing/index.ts'
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
    .argument('<url>', 'URL with query, exactly as it will be sent')
    .allowExcessArguments(false)
    .option('--data <text>', 'body; @file reads a file')
    .option('--date <x-date>', 'X-Date to sign, yyyyMMddTHHmmssZ (default: now)')
    .option('--header <name: value>', 'a further header; may be given again', (text, before: string[] = []) => [
      ...before,
      text,
    ])
    .option('--curl', 'as a curl command (default)')
    .option('--headers', 'as header lines')
    .option('--explain', 'with canonical request and string to sign')
    .option('--anyway', 'as header lines, and without looking whether the request can be right: for tests of a service')
    .option('--signed-headers <names>', 'headers that --anyway signs, with ; between them', 'host;x-date;x-user-id')
    .action(async (method: string, url: string, options: SignCommandOptions) => {
      const signing = await import('../../signing/index.ts')
      const { systemTime } = await import('../../server/system-time.ts')
      const credentials = await credentialsFrom(process.env)
      const body = readBody(options.data)
      const request = {
        method,
        url: checkedUrl(url),
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
      if (options.explain) out(`${signing.explainSigning(signed)}\n`)
      if (options.headers) out(`${signed.headers.map(([name, value]) => `${name}: ${value}`).join('\n')}\n`)
      else if (options.curl || !options.explain) out(`${toCurl(method, url, signed, options.data)}\n`)
    })
}

/** Header lines of a request that may be wrong on purpose. */
async function signedAnyway(
  request: { method: string; url: string; headers: [string, string][]; body: Uint8Array | string | undefined },
  credentials: SigningCredentials,
  names: string,
): Promise<string> {
  const { signAnyway } = await import('../../contract/sign-anyway.ts')
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
    `"${url}" is no URL. Give it whole, as it will be sent: http://127.0.0.1:4010/koodrive/ose/v1/userList?offset=0&limit=10`,
  )
}

function readBody(data: string | undefined): Uint8Array | string | undefined {
  if (data === undefined || !data.startsWith('@')) return data
  const file = data.slice(1)
  try {
    return readFileSync(file)
  } catch (error) {
    throw usageError(`--data ${data}: the file cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
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

/** One line that sends exactly what was signed. curl sets Host itself. */
function toCurl(method: string, url: string, { headers }: SignedRequest, data: string | undefined): string {
  return curlLine({
    method: method.toUpperCase(),
    url,
    headers: headers.filter(([name]) => name.toLowerCase() !== 'host'),
    ...(data?.startsWith('@') ? { bodyFile: data.slice(1) } : { body: data }),
  })
}
