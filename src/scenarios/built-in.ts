import { nearest } from './nearest.ts'
import type { Scenario } from './scenario.ts'

/** The scenarios that come with the mock; the first is the default. Names are for ever. */
export const builtInScenarios: readonly [Scenario, ...Scenario[]] = [
  {
    name: 'happy-path',
    title: 'Everything works',
    teaches:
      'The plain life of a client: provision, poll until the task is done, read the outcomes, find the users. Tasks take time even here, so a client that does not poll sees an unfinished task.',
  },
  {
    name: 'duplicates',
    title: 'Users that exist already',
    teaches:
      'Every other row names a phone that has a user. Such a row is skipped, not failed: code 40000009, with the userId of the user there is. Take that userId and go on; a client that counts skips as errors, or sends them again, never comes to an end.',
    batch: {
      rules: [
        { rows: { every: 2 }, outcome: 'success' },
        { rows: {}, outcome: 'exists' },
      ],
    },
  },
  {
    name: 'partial-failure',
    title: 'Some rows fail',
    teaches:
      'The task ends as done although every other row failed. A status of 2 says that the batch was worked through, not that it worked: read the outcome of each row on every page, and report or repair the failed ones by their codes.',
    batch: {
      rules: [
        { rows: { every: 4 }, outcome: 'fail', error: 'insufficientSpace' },
        { rows: { every: 2 }, outcome: 'fail', error: 'verifyParametersFailed' },
      ],
    },
  },
  {
    name: 'all-fail',
    title: 'Every row fails',
    teaches:
      'Not one user is created, and still create and query answer 200 and code 0. A client that looks at the envelope only reports a success.',
    batch: { rules: [{ rows: {}, outcome: 'fail', error: 'verifyParametersFailed' }] },
  },
  {
    name: 'slow-batch',
    title: 'A batch that takes minutes',
    teaches:
      'The task waits half a minute and then settles one row a second. Poll at a calm pace with a deadline of your own, show the counts as they grow, and keep the task id: a second create would provision twice.',
    batch: { startDelaySeconds: 30, rowsPerSecond: 1 },
  },
  {
    name: 'stuck-batch',
    title: 'A batch that never ends',
    teaches:
      'Half of the rows settle, the rest never does, and the status stays 1 for ever. A client needs a deadline, and words for a task that was neither done nor failed.',
    batch: { stopAfterFraction: 0.5 },
  },
  {
    name: 'failing-batch',
    title: 'A task that fails as a whole',
    teaches:
      'The second row makes the whole task fail: status 3, and the rows after it have no outcome at all. The counts then do not add up to the total. Do not wait for them, and find out what was provisioned before.',
    batch: {
      rules: [{ rows: { from: 1 }, outcome: 'task-fails', error: 'innerServerInvokeFailure' }],
      finalStatus: 'failed',
    },
  },
  {
    name: 'race',
    title: 'Somebody else is faster',
    teaches:
      'Pre-verification passes, and yet every other row is skipped: somebody creates the same user between preverify and create. A check before an act is a hint, never a promise. Take the userId of the skipped row instead of calling it a failure.',
    batch: {
      rules: [
        { rows: { every: 2 }, outcome: 'success' },
        { rows: {}, outcome: 'rival' },
      ],
    },
  },
  {
    name: 'quota-exhausted',
    title: 'No capacity left',
    teaches:
      'The organisation has no free capacity: pre-verification refuses every row that asks for space, and every row of a batch fails with 13000311. Nothing a retry could cure; tell the operator.',
    directory: { freeCapacityGb: 0 },
  },
  {
    name: 'empty-organization',
    title: 'Nobody there yet',
    teaches:
      'Departments, but no users in them. Lists are empty with total 0, there is no second page, and a search finds nothing: the first run of a client in a new organisation.',
    directory: { users: 0, departments: 4 },
  },
  {
    name: 'large-organization',
    title: 'A million users',
    teaches:
      'A full listing takes ten thousand pages. Page with the largest limit, narrow by department or keyWord, work while you read, and never hold the whole list in memory just to look up one user.',
    directory: { users: 1_000_000, departments: 500 },
  },
  {
    name: 'token-expires-mid-poll',
    title: 'Tokens die while a client works',
    teaches:
      'Tokens live five seconds, no call extends them, and a batch takes longer than that. The token of the first call is dead when the users are listed at the end. Get a new token when a call is refused with 401, and repeat that call once.',
    authentication: { tokenLifeSeconds: 5, tokensSlide: false, defaultTokensExpire: true },
    batch: { startDelaySeconds: 6 },
  },
  {
    name: 'clock-skew',
    title: 'Your clock is two minutes fast',
    teaches:
      'The clock of the service is two minutes behind. An X-Date in the future is refused at once, without tolerance. Compare your clock with the Date header of the refusal, sign with the corrected time, and repeat the call.',
    authentication: { clockOffsetSeconds: -120 },
  },
  {
    name: 'throttled',
    title: 'Too many requests',
    teaches:
      'Five calls pass in any ten seconds; the others are refused with 429 and a Retry-After that says when the next window opens. Wait that long, then go on. A client that retries at once only uses up the next window.',
    faults: [{ kind: 'throttle', quota: 5, windowSeconds: 10 }],
  },
  {
    name: 'flaky',
    title: 'Now and then it breaks',
    teaches:
      'A call in five meets a 500, a 503 or a connection that is cut, some of them after the service has done the work. Reads may be repeated with a growing pause. A create that ended without an answer may have arrived: look before you send it again.',
    faults: [
      { kind: 'error', status: 500, probability: 0.08 },
      { kind: 'error', status: 503, retryAfterSeconds: 1, probability: 0.05 },
      { kind: 'reset', probability: 0.05 },
      { kind: 'reset', strikes: 'after', probability: 0.03 },
    ],
  },
  {
    name: 'slow-network',
    title: 'A slow line',
    teaches:
      'Every answer is late, and its body comes in small pieces. Set a timeout for the whole call, not just for the connection, and make it long enough: a call that you gave up on may have been carried out.',
    faults: [
      { kind: 'latency', delay: { minMs: 100, maxMs: 400 } },
      { kind: 'drip', chunkBytes: 512, everyMs: 20 },
    ],
  },
  {
    name: 'malformed-json',
    title: 'Answers that are not JSON',
    teaches:
      'The first answer and every other after it is cut short by a proxy, so it has status 200 and is not JSON. Treat it as a failed call, not as an empty result, and not as a reason to crash.',
    faults: [{ kind: 'malformed', every: 2 }],
  },
  {
    name: 'maintenance',
    title: 'Maintenance',
    teaches:
      'For thirty seconds, and again every ten minutes, the service answers 503 with a Retry-After that counts down to the end of the outage. Wait for that long instead of hammering, and resume where you were.',
    faults: [{ kind: 'error', status: 503, forSeconds: 30, everySeconds: 600 }],
  },
  {
    name: 'shifting-pages',
    title: 'Users arrive while you page',
    teaches:
      'After every page that you read, somebody joins at the front of the list, so all others move on by one. The last user of a page appears again on the next one, and total grows. Recognise users by userId, and read until a page is short instead of until you have counted up to the first total.',
    directory: { arrivals: { everyPages: 1, count: 10_000, position: 'first' } },
  },
  {
    name: 'production-like',
    title: 'A working day',
    teaches:
      'All of it in small doses: answers that take their time, an error or a refusal for haste now and then, batches that need a while, rows that fail or exist already. A client that gets through this a hundred times is ready.',
    batch: {
      startDelaySeconds: 1,
      rowsPerSecond: 50,
      rules: [
        { rows: { every: 20 }, outcome: 'fail', error: 'verifyParametersFailed' },
        { rows: { every: 10 }, outcome: 'exists' },
      ],
    },
    faults: [
      { kind: 'latency', delay: { medianMs: 40, sigma: 0.6 } },
      { kind: 'error', status: 500, probability: 0.01 },
      { kind: 'error', status: 503, retryAfterSeconds: 1, probability: 0.01 },
      { kind: 'throttle', quota: 50, windowSeconds: 1 },
    ],
  },
]

export const [defaultScenario] = builtInScenarios

/** Thrown when a scenario does not exist or its file is wrong; the message names file, line and path. */
export class ScenarioError extends Error {
  override name = 'ScenarioError' as const
}

/**
 * The built-in scenario with this name.
 *
 * @throws ScenarioError that names the nearest one.
 */
export function builtInScenario(name: string): Scenario {
  const found = builtInScenarios.find((scenario) => scenario.name === name)
  if (found !== undefined) return found
  const known = builtInScenarios.map((scenario) => scenario.name)
  const meant = nearest(name, known)
  const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`
  throw new ScenarioError(
    `There is no scenario "${name}".${hint} Built in: ${known.join(', ')}. A file name ends in .yaml, .yml or .json.`,
  )
}
