import { z } from 'zod'
import { DEFAULT_SANDBOX } from '../../../world/world.ts'
import { badRequest, sandboxNamed } from '../../problem.ts'
import { callers, certificateUrlOf, composeRequest } from '../compose-request.ts'
import { defineControl } from '../control-route.ts'
import { samplesShape } from '../shapes/requests.ts'

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
