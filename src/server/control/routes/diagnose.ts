import { z } from 'zod'
import { diagnose, parseAuthorization } from '../../../signing/index.ts'
import { DEFAULT_SANDBOX } from '../../../world/world.ts'
import { diagnoseFor } from '../../authentication/diagnose-for.ts'
import { sandboxNamed } from '../../problem.ts'
import { defineControl } from '../control-route.ts'
import { diagnosisView } from '../shapes/requests.ts'

const headerRecord = z.record(z.string(), z.union([z.string(), z.array(z.string())]))

export const diagnoseRoutes = [
  defineControl({
    id: 'diagnose-signature',
    method: 'POST',
    path: '/signature/diagnose',
    summary: 'Explains the signature of a request that was signed somewhere else.',
    body: z.object({
      method: z.string().min(1).describe('HTTP method.'),
      url: z.string().min(1).describe('URL or path with query, exactly as sent.'),
      headers: z
        .union([headerRecord, z.array(z.tuple([z.string(), z.string()]))])
        .describe('Headers as sent, Authorization included.'),
      body: z.string().optional().describe('Body as sent.'),
      appSecret: z.string().optional().describe('Secret it was signed with; that of the named AppId when absent.'),
    }),
    answers: 'the diagnosis',
    response: diagnosisView,
    handle: ({ deps: { world }, body: { appSecret, headers, ...request } }) => {
      const pairs = Array.isArray(headers)
        ? headers
        : Object.entries(headers).flatMap(([name, value]) =>
            [value].flat().map((text): [string, string] => [name, text]),
          )
      const authorization = pairs.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? ''
      const parsed = parseAuthorization(authorization)
      const named = parsed.ok ? world.ofAppId(parsed.appId) : undefined
      const sandbox = named ?? sandboxNamed(world, DEFAULT_SANDBOX)
      const signed = { ...request, headers: pairs }
      if (appSecret === undefined) return diagnoseFor(sandbox, signed, world)()
      const appId = parsed.ok ? parsed.appId : sandbox.config.credentials.appId
      return diagnose(signed, { appId, appSecret, now: sandbox.clock.now() })
    },
  }),
]
