import { firstHeader } from '../../shared/headers.ts'
import { toJson } from '../../shared/json.ts'
import { createBatchProvisioningTask } from '../../spec/operations/create-batch-provisioning-task.ts'
import { queryBatchProvisioning } from '../../spec/operations/query-batch-provisioning.ts'
import type { Exchange } from '../exchange.ts'
import { isAuthRefusal } from '../judge.ts'
import { skip } from '../outcome.ts'
import { defineProbe, maybe, once, type Probe, type RunFacts } from '../probe.ts'
import { type Auth, requestFor, type SignatureAuth, toQuery } from '../request-spec.ts'
import { questionByCommonUser, usersByRole } from './access.ts'
import { question, tokenForm, UNKNOWN_TASK, wrongSecret } from './identity.ts'
import { createMain, mainTask } from './main-task.ts'
import { single } from './single.ts'
import { announce, taskIdOf } from './tasks.ts'

const queryOf = ({ unknown }: RunFacts) => ({ taskId: unknown.id() })
const SHOWN = `taskId=${UNKNOWN_TASK}`
const HOST = 'host'

type Change = Omit<SignatureAuth, 'scheme'>

type Build = Change | ((facts: RunFacts) => Change)
const authOf = (build: Build, facts: RunFacts): SignatureAuth => ({
  scheme: 'signature',
  ...(typeof build === 'function' ? build(facts) : build),
})

/** How the signature of each question is changed. */
const changes = new Map<Probe<Exchange>, Build>()

/** The signed question with one thing about its signature changed. */
function changed(name: string, auth: Build): Probe<Exchange> {
  const probe = question(`signature.${name}`, (facts) => authOf(auth, facts))
  changes.set(probe, auth)
  return probe
}

/** Oldest X-Date that must be taken and youngest that must not, with a minute to spare for clocks and networks. */
const AGES = { taken: 840, stale: 960, future: -3600 } as const

/** Requests that must be let in although they differ from the usual. */
export const taken = {
  withoutHost: changed('without-host', { signedHeaders: ['x-date', 'x-user-id'] }),
  old: changed('old-date', { ageSeconds: AGES.taken }),
} as const

/** Requests that must be refused: what is wrong with each, in words that follow "a request …". */
export const refused = {
  'other-scheme': ['with the SDK-HMAC-SHA256 scheme', changed('other-scheme', { rewrite: ['^HMAC', 'SDK-HMAC'] })],
  malformed: ['with a malformed Authorization header', changed('malformed', { rewrite: [',SignedHeaders=', ';'] })],
  'unknown-app-id': ['of an unknown AppId', changed('unknown-app-id', ({ unknown }) => ({ appId: unknown.hex }))],
  'wrong-secret': ['signed with another AppSecret', wrongSecret],
  'second-half': [
    'whose signature is right in its first half only',
    changed('second-half', { rewrite: ['Signature=([0-9a-f]{32})[0-9a-f]{32}', `Signature=$1${'0'.repeat(32)}`] }),
  ],
  'tampered-query': [
    'with another query than the signed one',
    changed('tampered-query', ({ unknown }) => ({ signs: { query: toQuery({ taskId: unknown.id(1) }) } })),
  ],
  'tampered-path': [
    'with another path than the signed one',
    changed('tampered-path', { signs: { path: createBatchProvisioningTask.path } }),
  ],
  'stale-date': [`dated ${-(-AGES.stale) / 60} minutes ago`, changed('stale-date', { ageSeconds: AGES.stale })],
  'future-date': ['dated an hour ahead', changed('future-date', { ageSeconds: AGES.future })],
  'malformed-date': ['with X-Date in another form', changed('malformed-date', { xDate: '2020-02-20T02:02:02Z' })],
  'no-date': ['without X-Date', changed('no-date', { signedHeaders: [HOST, 'x-user-id'], without: ['x-date'] })],
  'no-user-id': [
    'without X-User-Id',
    changed('no-user-id', { signedHeaders: [HOST, 'x-date'], without: ['x-user-id'] }),
  ],
  'unknown-user-id': [
    'in the name of an unknown user',
    changed('unknown-user-id', ({ unknown }) => ({ userId: unknown.id(2) })),
  ],
  'unsigned-headers': [
    'whose signature leaves X-Date and X-User-Id out',
    changed('unsigned-headers', { signedHeaders: [HOST] }),
  ],
  'absent-signed-header': [
    'that lists a signed header it does not have',
    changed('absent-signed-header', { signedHeaders: [HOST, 'x-absent', 'x-date', 'x-user-id'] }),
  ],
} as const satisfies Record<string, readonly [string, Probe<Exchange>]>

const tasksAsked = new Map<string, Probe<Exchange>>()

/** The same question about a task of the run, for a target that refuses whatever it refuses alike. */
export function aboutTask(name: keyof typeof refused): Probe<Exchange> {
  const known = tasksAsked.get(name)
  if (known !== undefined) return known
  const [, probe] = refused[name]
  const auth: Build = probe === wrongSecret ? ({ unknown }) => ({ secret: unknown.hex }) : (changes.get(probe) ?? {})
  const asked = maybe(
    single({
      id: `signature.${name}-about-task`,
      operation: queryBatchProvisioning,
      needs: ['signature', 'writes'],
      uses: [createMain],
      query: 'taskId={task}',
      async build({ get, facts }) {
        const query = { taskId: taskIdOf(await get(createMain)) }
        return requestFor(queryBatchProvisioning, authOf(auth, facts), { query })
      },
    }),
  )
  tasksAsked.set(name, asked)
  return asked
}

/** The signed question with X-User-Id exchanged for that of another user after signing. */
export const exchangedUser = single({
  id: 'signature.exchanged-user-id',
  operation: queryBatchProvisioning,
  needs: ['signature', 'access-token'],
  uses: [usersByRole, questionByCommonUser],
  query: SHOWN,
  async build({ get, facts }) {
    const { commonUser } = await get(usersByRole)
    if (commonUser === undefined || isAuthRefusal(await get(questionByCommonUser))) {
      return skip('it needs another user whose X-User-Id the target knows')
    }
    const auth = { scheme: 'signature', exchanged: { 'x-user-id': commonUser.userId } } as const
    return requestFor(queryBatchProvisioning, auth, { query: queryOf(facts) })
  },
})

/** A task for a phone that exists, signed over another body. */
export const tamperedBody = single({
  id: 'signature.tampered-body',
  operation: createBatchProvisioningTask,
  needs: ['signature', 'writes'],
  safety: 'write',
  uses: [mainTask],
  async build(context) {
    await context.get(mainTask).catch(() => undefined)
    const { prefix, phone } = context.facts
    const users = [{ firstname: `${prefix}u0`, phone: phone(0) }]
    announce(context, users, 'a body that was not signed; to be refused')
    const signedBody = toJson({ userList: [{ firstname: `${prefix}u0`, phone: phone(1) }] })
    return requestFor(
      createBatchProvisioningTask,
      { scheme: 'signature', signs: { body: signedBody } },
      { body: toJson({ userList: users }) },
    )
  },
})

/** An access token where only a signature is documented. */
export const tokenForSignature = single({
  id: 'signature.token-instead',
  operation: queryBatchProvisioning,
  needs: ['access-token'],
  uses: [tokenForm],
  query: SHOWN,
  build: async ({ get, facts }) => {
    const auth: Auth = { scheme: 'token', token: 'access', form: await get(tokenForm) }
    return requestFor(queryBatchProvisioning, auth, { query: queryOf(facts) })
  },
})

const MOST_SECONDS = 900

/** Finds out by how many seconds X-Date may be ahead: one request when it may not, a search by halves otherwise. */
export const futureTolerance = defineProbe<number | undefined>({
  id: 'signature.future-tolerance',
  operation: 'queryBatchProvisioning',
  safety: 'read',
  needs: ['signature'],
  uses: [],
  requests: [{ ...once(queryBatchProvisioning, SHOWN), times: [1, 24] }],
  async run({ send, facts }) {
    let highestTaken = 0
    let lowestRefused = MOST_SECONDS + 1
    for (let tries = 0; lowestRefused - highestTaken > 1 && tries < 24; tries += 1) {
      const ahead = tries === 0 ? 1 : Math.ceil((highestTaken + lowestRefused) / 2)
      const wanted = ahead === lowestRefused ? ahead - 1 : ahead
      const auth: SignatureAuth = { scheme: 'signature', ageSeconds: -wanted }
      const exchange = await send(requestFor(queryBatchProvisioning, auth, { query: queryOf(facts) }))
      const lead = leadOf(exchange, wanted)
      if (isAuthRefusal(exchange)) lowestRefused = Math.min(lowestRefused, Math.max(lead, highestTaken + 1))
      else highestTaken = Math.max(highestTaken, Math.min(lead, lowestRefused - 1))
      if (lead !== wanted && tries > 12) return undefined
    }
    return lowestRefused - highestTaken === 1 ? highestTaken : undefined
  },
})

/** How far X-Date lay ahead by the clock of the target, as far as its Date header tells. */
function leadOf({ request, response }: Exchange, wanted: number): number {
  const date = firstHeader(response.headers, 'date')
  const theirs = date === undefined ? Number.NaN : Date.parse(date)
  if (Number.isNaN(theirs)) return wanted
  return Math.floor(request.at / 1000) + wanted - Math.floor(theirs / 1000)
}
