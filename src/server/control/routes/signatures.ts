import { z } from 'zod'
import { compareOwnText, diagnoseInSlices, parseAuthorization } from '../../../signing/index.ts'
import { DEFAULT_SANDBOX, type World } from '../../../world/world.ts'
import { diagnoseInTurns, diagnoseOptionsOf } from '../../authentication/signature-search.ts'
import { badRequest, sandboxNamed } from '../../problem.ts'
import { callers, certificateUrlOf, composeRequest } from '../compose-request.ts'
import { defineControl } from '../control-route.ts'
import { diagnosisView, ownTextView, samplesShape } from '../shapes/requests.ts'

/** Characters of a URL and of a string of the client's own, and bytes of a body: what a request of the service may have. */
const MAX_URL = 65_536
const MAX_OWN_TEXT = 1_048_576
const MAX_BODY = 16 * 1_048_576
const MAX_SECRET = 1024

const headerRecord = z.record(z.string(), z.union([z.string(), z.array(z.string())]))
const ownText = z.string().max(MAX_OWN_TEXT).optional()

export const diagnoseRoutes = [
  defineControl({
    id: 'diagnose-signature',
    method: 'POST',
    path: '/signature/diagnose',
    summary: 'Explains the signature of a request that was signed somewhere else.',
    takesFile: 'text',
    body: z.object({
      method: z.string().min(1).max(64).describe('HTTP method.'),
      url: z.string().min(1).max(MAX_URL).describe('URL or path with query, exactly as sent.'),
      headers: z
        .union([headerRecord, z.array(z.tuple([z.string(), z.string()]))])
        .describe('Headers as sent, Authorization included.'),
      body: z.string().max(MAX_BODY).optional().describe('Body as sent.'),
      bodyBase64: z
        .base64()
        .max(MAX_BODY)
        .optional()
        .describe('Body as sent, when it is not UTF-8: its bytes in Base64.'),
      appSecret: z
        .string()
        .max(MAX_SECRET)
        .optional()
        .describe('Secret it was signed with; that of the named AppId when absent.'),
      canonicalRequest: ownText.describe(
        'The canonical request that the client built: the answer has the first difference.',
      ),
      stringToSign: ownText.describe('The string to sign that the client built: the answer has the first difference.'),
    }),
    answers: 'the diagnosis; with `ownCanonicalRequest` and `ownStringToSign` when the client sent its own',
    response: diagnosisView.extend({
      ownCanonicalRequest: ownTextView.optional(),
      ownStringToSign: ownTextView.optional(),
    }),
    handle: async ({ deps: { world }, body: { appSecret, headers, canonicalRequest, stringToSign, ...sent } }) => {
      const { method, url, body, bodyBase64 } = sent
      if (body !== undefined && bodyBase64 !== undefined) {
        throw badRequest('Send body or bodyBase64, not both.')
      }
      const bytes = bodyBase64 === undefined ? body : Buffer.from(bodyBase64, 'base64')
      const request = { method, url, headers: toPairs(headers), body: bytes }
      const options = optionsFor(world, request.headers, appSecret)
      const diagnosis = await diagnoseInTurns(diagnoseInSlices(request, options))
      return {
        ...diagnosis,
        ...(canonicalRequest !== undefined && {
          ownCanonicalRequest: compareOwnText(canonicalRequest, request, options),
        }),
        ...(stringToSign !== undefined && { ownStringToSign: compareOwnText(stringToSign, request, options) }),
      }
    },
  }),
]

type Pairs = [name: string, value: string][]

const toPairs = (headers: z.output<typeof headerRecord> | Pairs): Pairs =>
  Array.isArray(headers)
    ? headers
    : Object.entries(headers).flatMap(([name, value]) => [value].flat().map((text): Pairs[number] => [name, text]))

/** By the AppId that the request names: its secret and its clock, or another secret that the caller brings along. */
function optionsFor(world: World, headers: Pairs, appSecret: string | undefined) {
  const authorization = headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? ''
  const parsed = parseAuthorization(authorization)
  const named = parsed.ok ? world.ofAppId(parsed.appId) : undefined
  const options = diagnoseOptionsOf(named ?? sandboxNamed(world, DEFAULT_SANDBOX), world)
  if (appSecret === undefined) return options
  return { ...options, appSecret, ...(parsed.ok && { appId: parsed.appId }), knownSecrets: [] }
}

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
    .strictObject(samplesShape)
    .describe('Whole programs that send exactly what was signed, by their language.'),
})

export const signRoutes = [
  defineControl({
    id: 'sign-request',
    method: 'POST',
    path: '/signature/sign',
    summary: 'Signs a request with the credentials of a sandbox, dated by the time that its X-Date is judged by.',
    takesFile: 'text',
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
    handle: ({ deps, body: { sandbox, as = 'signature', headers = {}, method, body, ...given }, request }) => {
      const url = absoluteUrl(given.url, request.url)
      return composeRequest(sandboxNamed(deps.world, sandbox ?? DEFAULT_SANDBOX), as, {
        method,
        url,
        headers: Object.entries(headers),
        body,
        certificateUrl: certificateUrlOf(deps, request.url, url),
      })
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
