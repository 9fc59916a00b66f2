import { z } from 'zod'
import { type HeaderPairs, headerOf } from '../../../shared/headers.ts'
import { curlLine } from '../../../shared/shell.ts'
import { formatXDate, isSigningError, sign } from '../../../signing/index.ts'
import { DEFAULT_SANDBOX } from '../../../world/world.ts'
import { badRequest, sandboxNamed } from '../../problem.ts'
import { defineControl } from '../control-route.ts'

type Pair = [string, string]

const signedRequest = z.object({
  method: z.string(),
  url: z.string().describe('Absolute URL that was signed.'),
  headers: z.array(z.tuple([z.string(), z.string()])).describe('Headers to send, Authorization included.'),
  body: z.string().optional(),
  authorization: z.string(),
  date: z.string().describe('The X-Date that was signed.'),
  canonicalRequest: z.string(),
  stringToSign: z.string(),
  curl: z.string().describe('One line for a shell that sends exactly what was signed.'),
})

export const signRoutes = [
  defineControl({
    id: 'sign-request',
    method: 'POST',
    path: '/signature/sign',
    summary: 'Signs a request with the credentials of a sandbox, dated by its clock.',
    body: z.strictObject({
      sandbox: z.string().optional().describe('Sandbox whose credentials sign; default when absent.'),
      method: z
        .string()
        .regex(/^[A-Za-z]{1,16}$/, 'a method such as POST')
        .describe('HTTP method.'),
      url: z.string().min(1).describe('Path with query, or absolute URL, exactly as it will be sent.'),
      headers: z
        .record(z.string(), z.string())
        .optional()
        .describe('Further headers to send; X-Date and X-User-Id may be given.'),
      body: z.string().optional().describe('Body as it will be sent.'),
    }),
    answers: 'the signed request; the AppSecret is not in it',
    response: signedRequest,
    handle: ({ deps, body: { sandbox: name, method, url, headers = {}, body }, request }) => {
      const sandbox = sandboxNamed(deps.world, name ?? DEFAULT_SANDBOX)
      const { credentials } = sandbox.config
      const absolute = absoluteUrl(url, request.url)
      const given = new Set(Object.keys(headers).map((one) => one.toLowerCase()))
      const own: Pair[] = [
        ['X-Date', formatXDate(sandbox.clock.now())],
        ['X-User-Id', credentials.userId],
        ...(body === undefined ? [] : [['Content-Type', 'application/json'] as Pair]),
      ]
      const sent: Pair[] = [...own.filter(([one]) => !given.has(one.toLowerCase())), ...Object.entries(headers)]
      try {
        const signed = sign({ method, url: absolute, headers: sent, body }, credentials)
        const upper = method.toUpperCase()
        return {
          method: upper,
          url: absolute,
          headers: signed.headers,
          body,
          authorization: signed.authorization,
          date: headerOf(sent, 'x-date'),
          canonicalRequest: signed.canonicalRequest,
          stringToSign: signed.stringToSign,
          curl: curlOf(upper, absolute, signed.headers, body),
        }
      } catch (error) {
        throw isSigningError(error) ? badRequest((error as Error).message) : error
      }
    },
  }),
]

/** A path is one of this server. What was written stays as written: the signature is about it. */
function absoluteUrl(url: string, ownUrl: string): string {
  if (url.startsWith('/') && !url.startsWith('//')) return new URL(ownUrl).origin + url
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return url
  throw badRequest(
    `url takes a path such as /koodrive/ose/v1/userList?offset=0&limit=10 or an absolute URL, not "${url}".`,
  )
}

/** curl sets Host itself. */
const curlOf = (method: string, url: string, headers: HeaderPairs, body?: string): string =>
  curlLine({ method, url, headers: headers.filter(([name]) => name.toLowerCase() !== 'host'), body })
