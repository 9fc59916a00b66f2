import { z } from 'zod'
import { compareOwnText } from '../../../signing/index.ts'
import { diagnoseOptionsOf } from '../../authentication/signature-search.ts'
import { callers, certificateUrlOf, composeRequest } from '../compose-request.ts'
import { defineControl } from '../control-route.ts'
import { callerOf, changed, replay, senderOf } from '../replay.ts'
import { ownTextView, requestSummary, samplesShape } from '../shapes/requests.ts'
import { entryOf, journalOf, ownerNamed } from './requests.ts'

const MAX_TARGET = 65_536
const MAX_TEXT = 1_048_576
const MAX_BODY = 16 * 1_048_576

const as = z.enum(callers).optional().describe('Who sends it; as the request was sent when absent.')
const sandbox = z.string().max(200).optional().describe('Sandbox whose credentials are used; its own when absent.')

export const replayRoutes = [
  defineControl({
    id: 'replay-request',
    method: 'POST',
    path: '/sandboxes/:id/requests/:requestId/replay',
    summary: 'Sends a request once more, as it was or changed, with a fresh signature or a valid token.',
    takesFile: 'text',
    // The request that it sends takes a turn of its own.
    needs: 'journal',
    body: z.strictObject({
      as,
      sandbox,
      method: z
        .string()
        .regex(/^[A-Za-z]{1,16}$/, 'a method such as POST')
        .optional()
        .describe('HTTP method.'),
      target: z.string().max(MAX_TARGET).optional().describe('Path with query.'),
      headers: z
        .array(z.tuple([z.string().max(256), z.string().max(16_384)]))
        .max(200)
        .optional()
        .describe('Headers besides Host, X-Date and Authorization, which the mock makes.'),
      body: z.string().max(MAX_BODY).optional().describe('Body as it will be sent.'),
    }),
    answers: 'the summary of the new exchange; null when the journal keeps none',
    response: requestSummary.nullable(),
    handle: async ({ deps, params, body: changes, request }) => {
      const owner = ownerNamed(deps, params['id'])
      const { origin } = new URL(request.url)
      const sent = await replay(deps, { entry: entryOf(deps, params), owner, changes, origin })
      return sent === undefined ? null : journalOf(deps, params).viewer.summary(sent)
    },
  }),
  defineControl({
    id: 'get-request-as-programs',
    method: 'GET',
    path: '/sandboxes/:id/requests/:requestId/samples',
    summary: 'One request as programs in six languages, signed again; each runs as it is.',
    query: z.strictObject({ as, sandbox }),
    answers: 'the programs by their language; secrets in the request are redacted, its new credentials are not',
    response: z.object({ as: z.enum(callers), samples: z.strictObject(samplesShape) }),
    handle: ({ deps, params, query, request }) => {
      const entry = entryOf(deps, params)
      const sender = senderOf(deps, query.sandbox, ownerNamed(deps, params['id']))
      const shown = journalOf(deps, params).viewer.exchange(entry).request
      const authorization = entry.requestHeaders.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? ''
      const who = query.as ?? callerOf(authorization, sender)
      const { body, ...wanted } = changed(entry, shown, new URL(request.url).origin)
      const { samples } = composeRequest(sender, who, {
        ...wanted,
        body: body === '' ? undefined : body,
        certificateUrl: certificateUrlOf(deps, request.url, wanted.url),
      })
      return { as: who, samples }
    },
  }),
  defineControl({
    id: 'compare-own-text',
    method: 'POST',
    path: '/sandboxes/:id/requests/:requestId/compare',
    summary: 'Lays a canonical request, or string to sign, that a client built beside the right one of its request.',
    body: z.strictObject({
      text: z.string().min(1).max(MAX_TEXT).describe('The string as the client built it, line ends included.'),
    }),
    answers: 'the first difference, with what cannot be seen written out',
    response: ownTextView,
    handle: ({ deps, params, body: { text } }) => {
      const { method, target, requestHeaders, requestBody } = entryOf(deps, params)
      const sender = senderOf(deps, undefined, ownerNamed(deps, params['id']))
      const request = { method, url: target, headers: requestHeaders, body: requestBody }
      return compareOwnText(text, request, diagnoseOptionsOf(sender, deps.world))
    },
  }),
]
