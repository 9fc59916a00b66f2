import { documented, inferred, type Provenance } from '../../spec/evidence.ts'
import { type Check, defineCheck } from '../check.ts'
import { describe, isAuthRefusal, isPermissionRefusal, learnAuthRefusal, refusedAuth } from '../judge.ts'
import { fail } from '../outcome.ts'
import { signedQuestion } from '../probes/identity.ts'
import { questionByCommonUser } from '../probes/roles.ts'
import { exchangedUser, futureTolerance, refused, taken, tamperedBody, tokenForSignature } from '../probes/signature.ts'

const page = (part: string): Provenance => documented('signing', `koodrive_05_00${part}`)
const headers = documented('queryBatch', 'Table 2')

const sources: Readonly<Record<keyof typeof refused, Provenance>> = {
  'other-scheme': page('31'),
  malformed: page('31'),
  'unknown-app-id': page('31'),
  'wrong-secret': page('34'),
  'second-half': page('34'),
  'tampered-query': page('35'),
  'tampered-path': page('35'),
  'stale-date': page('32'),
  'future-date': page('32'),
  'malformed-date': headers,
  'no-date': headers,
  'no-user-id': headers,
  'unknown-user-id': headers,
  'unsigned-headers': page('35'),
  'absent-signed-header': page('35'),
}

const WHY = 'Whatever is let in here can be sent by anybody who has seen one request.'

const names = Object.keys(refused) as (keyof typeof refused)[]

/** Checks of the app signature, all by one question that changes nothing. */
export const signatureChecks: readonly Check[] = [
  defineCheck({
    id: 'authentication.signature.right',
    title: 'MUST let a rightly signed request in',
    operation: 'all',
    from: page('34'),
    clause: 'authentication: signature',
    why: 'A client that follows the pages to the letter must get in.',
    tags: ['way-in'],
    uses: [signedQuestion],
    async run({ get }) {
      const exchange = await get(signedQuestion)
      if (isAuthRefusal(exchange)) fail('any answer but an authentication error', describe(exchange), exchange)
    },
  }),
  defineCheck({
    id: 'authentication.signature.host-unsigned',
    title: 'MUST let a request in that signs X-Date and X-User-Id only',
    operation: 'all',
    from: page('35'),
    clause: 'authentication: signature',
    why: 'The page asks for these two headers; clients behind a proxy cannot sign Host.',
    uses: [signedQuestion, taken.withoutHost],
    async run({ get }) {
      const exchange = await get(taken.withoutHost)
      if (isAuthRefusal(exchange)) fail('any answer but an authentication error', describe(exchange), exchange)
    },
  }),
  defineCheck({
    id: 'authentication.date.fourteen-minutes',
    title: 'MUST let a request in that is 14 minutes old',
    operation: 'all',
    from: page('32'),
    clause: 'authentication: X-Date',
    why: 'The documented window is 15 minutes; clocks of clients rely on it.',
    uses: [taken.old],
    async run({ get }) {
      const exchange = await get(taken.old)
      if (isAuthRefusal(exchange)) fail('any answer but an authentication error', describe(exchange), exchange)
    },
  }),
  ...names.map((name) => {
    const [what, probe] = refused[name]
    const isDate = name.endsWith('date')
    return defineCheck({
      id: `authentication.${isDate ? 'date' : 'signature'}.${name}`,
      title: `MUST refuse a request ${what}`,
      operation: 'all',
      from: sources[name],
      clause: `authentication: ${isDate ? 'X-Date' : 'signature'}`,
      why: WHY,
      readings: ['auth-failure-status', 'auth-failure-body'],
      uses: [probe],
      async run({ get, learn }) {
        learnAuthRefusal(await get(probe), `a request ${what}`, { learn })
      },
    })
  }),
  defineCheck({
    id: 'authentication.signature.exchanged-user-id',
    title: 'MUST refuse a request whose X-User-Id was exchanged after signing',
    operation: 'all',
    from: page('35'),
    clause: 'authentication: signature',
    why: WHY,
    uses: [exchangedUser],
    async run({ get }) {
      refusedAuth(await get(exchangedUser), 'a request whose X-User-Id was exchanged')
    },
  }),
  defineCheck({
    id: 'authentication.signature.tampered-body',
    title: 'MUST refuse a request with another body than the signed one',
    operation: 'all',
    from: page('35'),
    clause: 'authentication: signature',
    why: WHY,
    uses: [tamperedBody],
    async run({ get }) {
      refusedAuth(await get(tamperedBody), 'a request with another body than the signed one')
    },
  }),
  defineCheck({
    id: 'authentication.signature.token-instead',
    title: 'MUST refuse an access token where a signature is documented',
    operation: 'queryBatchProvisioning',
    from: headers,
    clause: 'authentication: signature',
    why: 'A token of any user would open what only the application may do.',
    uses: [tokenForSignature],
    async run({ get }) {
      refusedAuth(await get(tokenForSignature), 'an access token in place of a signature')
    },
  }),
  defineCheck({
    id: 'authentication.date.future-tolerance',
    title: 'MAY take an X-Date that is a little ahead',
    operation: 'all',
    from: inferred('The page says: not later than the current time; reading future-date-tolerance'),
    clause: 'authentication: X-Date',
    why: 'It tells how exactly the clock of a client must be set.',
    readings: ['future-date-tolerance'],
    uses: [futureTolerance],
    async run({ get, learn, undetermined }) {
      const seconds = await get(futureTolerance)
      if (seconds === undefined) return undetermined('future-date-tolerance', 'it needs a steadier clock or network')
      learn('future-date-tolerance', String(seconds))
    },
  }),
  defineCheck({
    id: 'authentication.signature.common-user',
    title: 'MAY let common users ask for batch tasks',
    operation: 'queryBatchProvisioning',
    from: inferred('The page asks for a user ID and names no role; reading provisioning-role'),
    clause: 'authentication: caller',
    why: 'It decides whose id an integration may sign with.',
    readings: ['provisioning-role'],
    uses: [signedQuestion, questionByCommonUser],
    async run({ get, learn, undetermined }) {
      const [own, other] = [await get(signedQuestion), await get(questionByCommonUser)]
      if (isAuthRefusal(other)) {
        return undetermined('provisioning-role', 'it needs a common user whose X-User-Id the target knows')
      }
      learn('provisioning-role', isPermissionRefusal(other) && !isPermissionRefusal(own) ? 'administrator' : 'any')
    },
  }),
]
