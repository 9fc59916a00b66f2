import { z } from 'zod'
import { codeSamples, type SampleLanguage, type SampleRequest, sampleLanguages } from '../../../shared/code-sample.ts'
import { headerOf } from '../../../shared/headers.ts'
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
  authorization: z.string().optional().describe('Absent when nobody is named.'),
  date: z.string().optional().describe('The X-Date that was signed; with a signature only.'),
  canonicalRequest: z.string().optional().describe('With a signature only.'),
  stringToSign: z.string().optional().describe('With a signature only.'),
  curl: z.string().describe('One line for a shell that sends exactly what was signed.'),
  samples: z
    .record(z.enum(sampleLanguages), z.string())
    .describe('Whole programs that send exactly what was signed, by their language.'),
})

/** Who a request is made by: the application, which signs, or somebody with a token. */
const callers = ['signature', 'admin', 'deptAdmin', 'user', 'app', 'nobody'] as const

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
      as: z
        .enum(callers)
        .optional()
        .describe('signature when absent: the application signs. Otherwise whose access token is sent, or nobody.'),
    }),
    answers: 'the signed request; the AppSecret is not in it',
    response: signedRequest,
    handle: ({ deps, body: { sandbox: name, as = 'signature', ...wanted }, request }) => {
      const { clock, config } = sandboxNamed(deps.world, name ?? DEFAULT_SANDBOX)
      const url = absoluteUrl(wanted.url, request.url)
      const { method, headers, body } = { ...wanted, method: wanted.method.toUpperCase() }
      const own: Pair[] = [
        ...(as === 'signature' ? signedHeaders(formatXDate(clock.now()), config.credentials.userId) : []),
        ...(as === 'signature' || as === 'nobody'
          ? []
          : [['Authorization', `Bearer ${config.credentials.tokens[as]}`] as Pair]),
        ...(body === undefined ? [] : [['Content-Type', 'application/json'] as Pair]),
      ]
      const given = new Set(Object.keys(headers ?? {}).map((one) => one.toLowerCase()))
      const sent = [...own.filter(([one]) => !given.has(one.toLowerCase())), ...Object.entries(headers ?? {})]
      if (as !== 'signature') {
        const authorization = headerOf(sent, 'authorization')
        return { method, url, headers: sent, body, authorization, ...programs({ method, url, headers: sent, body }) }
      }
      try {
        const signed = sign({ method: wanted.method, url, headers: sent, body }, config.credentials)
        const { authorization, canonicalRequest, stringToSign } = signed
        return {
          method,
          url,
          headers: signed.headers,
          body,
          authorization,
          date: headerOf(sent, 'x-date'),
          canonicalRequest,
          stringToSign,
          ...programs({ method, url, headers: signed.headers, body }),
        }
      } catch (error) {
        throw isSigningError(error) ? badRequest((error as Error).message) : error
      }
    },
  }),
]

const signedHeaders = (date: string, userId: string): Pair[] => [
  ['X-Date', date],
  ['X-User-Id', userId],
]

function programs(request: SampleRequest): { curl: string; samples: Record<SampleLanguage, string> } {
  const samples = codeSamples(request)
  return { curl: samples.curl, samples }
}

/** A path is one of this server. What was written stays as written: the signature is about it. */
function absoluteUrl(url: string, ownUrl: string): string {
  if (url.startsWith('/') && !url.startsWith('//')) return new URL(ownUrl).origin + url
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return url
  throw badRequest(
    `url takes a path such as /koodrive/ose/v1/userList?offset=0&limit=10 or an absolute URL, not "${url}".`,
  )
}
