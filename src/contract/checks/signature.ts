import { documented, inferred, type Provenance } from '../../spec/evidence.ts'
import { asks, type CheckContext, type CheckRow, checksOf } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import {
  describe,
  isAuthRefusal,
  isLike,
  isPermissionRefusal,
  isSuccess,
  learnAuthRefusal,
  refusedAuth,
} from '../judge.ts'
import { fail, skip } from '../outcome.ts'
import type { Probe } from '../probe.ts'
import { questionByCommonUser } from '../probes/access.ts'
import { isSignatureTaken, isSignatureUnclear, signedQuestion, UNCLEAR } from '../probes/identity.ts'
import { createMain } from '../probes/main-task.ts'
import {
  aboutTask,
  exchangedUser,
  futureTolerance,
  refused,
  taken,
  tamperedBody,
  tokenForSignature,
} from '../probes/signature.ts'

const page = (part: string): Provenance => documented('signing', `koodrive_05_00${part}`)
const headers = documented('queryBatch', 'Table 2')
const xDate = documented('queryBatch', 'Table 2, X-Date')
const silent = (rule: string): Provenance => inferred(`${rule}; no page says what becomes of another request`)

const sources: Readonly<Record<keyof typeof refused, Provenance>> = {
  'other-scheme': silent('koodrive_05_0031 gives the form of the header'),
  malformed: silent('koodrive_05_0031 gives the form of the header'),
  // The service repeats the signature with the AppSecret of the AppId: an unknown one has none.
  'unknown-app-id': page('34'),
  'wrong-secret': page('34'),
  'second-half': page('34'),
  'tampered-query': page('35'),
  'tampered-path': page('35'),
  'stale-date': xDate,
  'future-date': xDate,
  'malformed-date': xDate,
  'no-date': xDate,
  'no-user-id': headers,
  'unknown-user-id': silent('Querying Batch Provisioning, Table 2: X-User-Id is a user of KooDrive'),
  'unsigned-headers': page('35'),
  'absent-signed-header': silent('koodrive_05_0035 builds the signature from headers that are there'),
}

const WHY = 'Whatever is let in here can be sent by anybody who has seen one request.'

const names = Object.keys(refused) as (keyof typeof refused)[]

/** A request that deviates from the usual one where it may is let in like that one. */
const letsIn = (probe: Probe<Exchange>) => ({
  uses: [signedQuestion, probe],
  async run({ get }: CheckContext) {
    const exchange = await get(probe)
    if (isAuthRefusal(exchange) && !isLike(exchange, await get(signedQuestion)))
      fail('any answer but an authentication error', describe(exchange), exchange)
  },
})

/** Checks of the app signature, all by one question that changes nothing. */
export const signatureChecks = checksOf('all', [
  {
    id: 'authentication.signature.right',
    title: 'let a rightly signed request in',
    from: page('34'),
    clause: 'authentication: signature',
    why: 'A client that follows the pages to the letter must get in.',
    tags: ['way-in'],
    uses: [signedQuestion, isSignatureTaken, isSignatureUnclear],
    usesWithWrites: [createMain],
    async run({ get, facts }) {
      const exchange = await get(signedQuestion)
      if (await get(isSignatureUnclear)) {
        if (!facts.allowWrites) skip(UNCLEAR)
        if (isSuccess(await get(createMain))) return
      }
      if (!(await get(isSignatureTaken))) fail('any answer but an authentication error', describe(exchange), exchange)
    },
  },
  {
    id: 'authentication.signature.host-unsigned',
    title: 'let a request in that signs X-Date and X-User-Id only',
    from: page('35'),
    clause: 'authentication: signature',
    why: 'The page asks for these two headers; clients behind a proxy cannot sign Host.',
    ...letsIn(taken.withoutHost),
  },
  {
    id: 'authentication.date.fourteen-minutes',
    title: 'let a request in that is 14 minutes old',
    from: xDate,
    clause: 'authentication: X-Date',
    why: 'The documented window is 15 minutes; clocks of clients rely on it.',
    ...letsIn(taken.old),
  },
  ...names.map((name): CheckRow => {
    const [what, probe] = refused[name]
    const isDate = name.endsWith('date')
    return {
      id: `authentication.${isDate ? 'date' : 'signature'}.${name}`,
      title: `refuse a request ${what}`,
      from: sources[name],
      clause: `authentication: ${isDate ? 'X-Date' : 'signature'}`,
      why: WHY,
      readings: ['auth-failure-status', 'auth-failure-body'],
      uses: [signedQuestion, isSignatureUnclear, probe],
      usesWithWrites: [aboutTask(name)],
      async run({ get, facts, learn, notice }) {
        const exchange = await get(probe)
        if ((await get(isSignatureUnclear)) && isLike(exchange, await get(signedQuestion))) {
          if (!facts.allowWrites) skip(UNCLEAR)
          return refusedAuth(await get(aboutTask(name)), `a request ${what}`)
        }
        learnAuthRefusal(exchange, `a request ${what}`, { learn, notice }, await get(signedQuestion))
      },
    }
  }),
  {
    id: 'authentication.signature.exchanged-user-id',
    title: 'refuse a request whose X-User-Id was exchanged after signing',
    from: page('35'),
    clause: 'authentication: signature',
    why: WHY,
    uses: [signedQuestion, isSignatureUnclear, exchangedUser],
    async run({ get }) {
      const exchange = await get(exchangedUser)
      if (await get(isSignatureUnclear)) skip('the target refuses whatever it refuses alike')
      refusedAuth(exchange, 'a request whose X-User-Id was exchanged', await get(signedQuestion))
    },
  },
  {
    id: 'authentication.signature.tampered-body',
    title: 'refuse a request with another body than the signed one',
    from: page('35'),
    clause: 'authentication: signature',
    why: WHY,
    ...asks([tamperedBody], ([exchange]) => refusedAuth(exchange, 'a request with another body than the signed one')),
  },
  {
    id: 'authentication.signature.token-instead',
    title: 'refuse an access token where a signature is documented',
    operation: 'queryBatchProvisioning',
    from: silent('Querying Batch Provisioning, Table 2 asks for a signature'),
    clause: 'authentication: signature',
    why: 'A token of any user would open what only the application may do.',
    ...asks([tokenForSignature], ([exchange]) => refusedAuth(exchange, 'an access token in place of a signature')),
  },
  {
    id: 'authentication.date.future-tolerance',
    title: 'take an X-Date that is a little ahead',
    from: inferred('The page says: not later than the current time; reading future-date-tolerance'),
    clause: 'authentication: X-Date',
    why: 'It tells how exactly the clock of a client must be set.',
    readings: ['future-date-tolerance'],
    uses: [isSignatureUnclear, futureTolerance],
    async run({ get, learn, undetermined }) {
      if (await get(isSignatureUnclear)) {
        return undetermined(
          'future-date-tolerance',
          'it needs a target that refuses a wrong signature in a way of its own',
        )
      }
      const seconds = await get(futureTolerance)
      if (seconds === undefined) return undetermined('future-date-tolerance', 'it needs a steadier clock or network')
      learn('future-date-tolerance', String(seconds))
    },
  },
  {
    id: 'authentication.signature.common-user',
    title: 'let common users ask for batch tasks',
    operation: 'queryBatchProvisioning',
    from: inferred('The page asks for a user ID and names no role; reading provisioning-role'),
    clause: 'authentication: caller',
    why: 'It decides whose id an integration may sign with.',
    readings: ['provisioning-role'],
    ...asks([signedQuestion, questionByCommonUser], ([own, other], { learn, undetermined }) => {
      if (isAuthRefusal(other)) {
        return undetermined('provisioning-role', 'it needs a common user whose X-User-Id the target knows')
      }
      learn('provisioning-role', isPermissionRefusal(other) && !isPermissionRefusal(own) ? 'administrator' : 'any')
    }),
  },
])
