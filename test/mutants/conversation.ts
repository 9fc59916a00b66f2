import { createHmac } from 'node:crypto'
import type { MutantArea } from '../../src/mutants/mutant.ts'
import { canonicalRequest, formatXDate, stringToSign } from '../../src/signing/index.ts'
import { type CallOptions, paths, type Reply } from '../support/client.ts'
import { inProcess, NOW, type Target } from '../support/targets.ts'
import { journey } from './journey.ts'

type Step = (target: Target) => Promise<Reply | undefined>

const MINUTE = 60_000
const HOST = 'mock'
const ADMIN = '1505084218764547200'

const row = (phone: string, more: object = {}) => ({ firstname: 'Ada', surname: phone, phone, ...more })
const rows = (count: number, from = 13_800_000_000) => Array.from({ length: count }, (_, at) => row(`${from + at}`))

const create =
  (body: unknown): Step =>
  ({ client }) =>
    client.signed('POST', paths.create, { body: JSON.stringify(body) })
const query =
  (text: string): Step =>
  ({ client }) =>
    client.signed('GET', `${paths.query}?${text}`)
const get =
  (path: string, options?: CallOptions): Step =>
  ({ client }) =>
    client.get(path, options)
const preverify =
  (body: string): Step =>
  ({ client, mock }) =>
    client.send('POST', paths.preverify, {
      body,
      headers: { Authorization: `Bearer ${mock.credentials.tokens.admin}` },
    })

/** A request signed as it is said and sent as it is said. */
const tampered =
  ({
    method = 'GET',
    path = `${paths.query}?taskId=1882735962480556672`,
    signedPath = path,
    date = formatXDate(NOW),
    appId,
    userId = ADMIN,
    change = {},
    rewrite = (text: string) => text,
    body,
    signedBody = body,
    names = ['host', 'x-date', 'x-user-id'],
  }: {
    method?: string
    path?: string
    signedPath?: string
    date?: string
    appId?: string
    userId?: string
    change?: Record<string, string | undefined>
    rewrite?: (authorization: string) => string
    body?: string
    signedBody?: string | undefined
    names?: string[]
  }): Step =>
  ({ client, mock: { credentials } }) => {
    const headers = { 'X-Date': date, 'X-User-Id': userId, Host: HOST }
    const url = `http://${HOST}${signedPath}`
    const text = stringToSign(canonicalRequest({ method, url, headers, body: signedBody }, names))
    const signature = createHmac('sha256', credentials.appSecret).update(text).digest('hex')
    const authorization = `HMAC-SHA256 AppId=${appId ?? credentials.appId},SignedHeaders=${names.join(';')},Signature=${signature}`
    const sent = { ...headers, Authorization: rewrite(authorization), ...change }
    const kept = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined))
    return client.send(method, path, { headers: kept as Record<string, string>, body })
  }

const advance =
  (ms: number): Step =>
  async ({ mock }) => {
    const sandbox = mock.world.get('default')
    sandbox?.execute('set-clock', { now: sandbox.clock.now() + ms, frozen: true, rate: 1 })
    return undefined
  }

const { directory } = inProcess().mock.world.get('default')?.read() ?? {}
const root = directory?.root
const child = root?.children.find(({ children }) => children.length > 0)
const owner = directory?.userAt(5)
const existing = row(owner?.mobile ?? '')
const { admin, app } = inProcess().mock.credentials.tokens

const batch = [
  row('0013900000001'),
  row('0013900000002'),
  row('0013900000001'),
  row('0013900000003', { email: 'broken' }),
  existing,
  row('0013900000004'),
]

/** The id of the first task: ids follow from seed and time. */
async function firstTask(): Promise<string> {
  const { client } = inProcess({ speed: 1 })
  const reply = await client.signed('POST', paths.create, { body: JSON.stringify({ userList: batch }) })
  return reply.json.data
}
const task = await firstTask()

const users = (text: string): Step => get(`${paths.users}?${text}`)
const spaces = (text: string): Step => get(`${paths.spaces}?${text}`)

const import3 = (more: object = {}) =>
  `{"curDeptId":${root?.id},"users":[{"personalCapacity":0,"isAllocateCapacity":true},{"targetDeptName":"nowhere","personalCapacity":0,"isAllocateCapacity":false},{"personalCapacity":10,"isAllocateCapacity":true}${Object.keys(more).length > 0 ? `,${JSON.stringify(more)}` : ''}]}`
const import101 = JSON.stringify({
  curDeptId: 0,
  users: Array.from({ length: 101 }, () => ({ personalCapacity: 0, isAllocateCapacity: false })),
}).replace('"curDeptId":0', `"curDeptId":${root?.id}`)

const digit = (text: string) => text.replace(/.$/, (last) => (last === '0' ? '1' : '0'))

const signatureSteps: Step[] = [
  tampered({}),
  tampered({ change: { Authorization: undefined } }),
  tampered({ change: { Authorization: `Bearer ${admin}` } }),
  tampered({ rewrite: (text) => `SDK-${text}` }),
  tampered({ rewrite: (text) => text.replace('AppId=', 'Access=') }),
  tampered({ appId: 'f'.repeat(64) }),
  tampered({ rewrite: digit }),
  tampered({ method: 'POST', path: paths.create, body: '{"userList":[]}', signedBody: '{}' }),
  tampered({ signedPath: `${paths.query}?taskId=1` }),
  tampered({ change: { 'X-User-Id': owner?.id } }),
  tampered({ userId: '1' }),
  tampered({ change: { 'X-User-Id': undefined } }),
  tampered({ date: formatXDate(NOW - 14 * MINUTE) }),
  tampered({ date: formatXDate(NOW - 16 * MINUTE) }),
  tampered({ date: formatXDate(NOW - 300 * MINUTE) }),
  tampered({ date: formatXDate(NOW + 300 * MINUTE) }),
  tampered({ change: { 'X-Date': undefined } }),
  tampered({ date: '2026-04-16 08:00:00' }),
  tampered({ rewrite: (text) => text.replace('x-date;', '') }),
  tampered({ rewrite: (text) => text.replace('SignedHeaders=', 'SignedHeaders=a;') }),
  tampered({ names: ['x-date', 'x-user-id'] }),
]

const tokenSteps: Step[] = [
  '',
  `Bearer ${admin}`,
  `Bearer ${app}`,
  'Bearer nobody',
  `Bearer ${admin}x`,
  `Bearer  a b c`,
  admin,
].flatMap((authorization) =>
  [
    ['GET', `${paths.users}?offset=0&limit=1`],
    ['GET', `${paths.spaces}?offset=0&limit=1`],
    ['POST', paths.preverify],
  ].map(
    ([method = '', path = '']): Step =>
      ({ client }) =>
        client.send(method, path, {
          headers: authorization === '' ? {} : { Authorization: authorization },
          ...(method === 'POST' && { body: import3() }),
        }),
  ),
)

const headerSteps: Step[] = [
  get(`${paths.users}?offset=0&limit=1`, { headers: { 'X-Traceid': 'ab'.repeat(29) } }),
  get(`${paths.users}?offset=0&limit=1`, { headers: { language: 'zh-CN' } }),
  get(`${paths.users}?offset=0&limit=x`, { headers: { language: 'zh-CN' } }),
  get('/koodrive/ose/v1/nowhere'),
  ({ client }) => client.send('DELETE', paths.users),
]

const createSteps: Step[] = [
  create({ userList: batch }),
  query(`taskId=${task}`),
  create({ userList: rows(1000) }),
  create({ userList: rows(1001) }),
  create({ userList: rows(1002) }),
  create({ userList: [] }),
  create({}),
  create({ userList: row('1') }),
  create({ userList: [existing] }),
  ...[{ phone: '13900001111' }, { firstname: '', phone: '13900001112' }, { firstname: 7, phone: '13900001113' }].map(
    (user) => create({ userList: [user, row('13900001119')] }),
  ),
  ...[
    { firstname: 'A' },
    { firstname: 'A', phone: '' },
    { firstname: 'A', phone: 13900001114 },
    { firstname: 'A', phone: {} },
  ].map((user) => create({ userList: [user] })),
  create({ userList: [{ firstname: 'Bob', phone: '13900001115' }] }),
  create({ userList: [{ firstname: 'Bob', phone: '13900001116', surname: 'B', email: 'b@example.org' }] }),
]

const polls = Array.from({ length: 12 }, () => [advance(1000), query(`taskId=${task}`), query(`taskId=${task}`)]).flat()
const pageSizes = ['0', '-1', '1', '2', '3', '6', '1000', '1001', '1002', 'x', '']

const querySteps: Step[] = [
  ...polls,
  ...pageSizes.map((size) => query(`taskId=${task}&pageSize=${size}`)),
  ...['0', '1', '5', '6', 'x'].map((cursor) => query(`taskId=${task}&pageSize=2&cursor=${cursor}`)),
  query(`taskId=${task}&cursor=0`),
  ...['', 'taskId=', 'taskId=1', 'taskId=1234567890123456789'].map(query),
]

const pages = ['offset=0&limit=2', 'offset=1&limit=2', 'offset=2&limit=2', 'offset=0&limit=100', 'offset=100&limit=100']
const bad = [
  'limit=1',
  'offset=0',
  'offset=&limit=1',
  'offset=-1&limit=1',
  'offset=x&limit=1',
  'offset=0&limit=0',
  'offset=0&limit=101',
  'offset=0&limit=102',
  'offset=0&limit=x',
  'offset=9999&limit=10',
]
const filters = [
  `deptId=${child?.id}`,
  `deptId=${root?.id}&isDirect=true`,
  `deptId=${child?.id}&isDirect=false`,
  `deptId=${root?.id}&isDirect=false`,
  'deptId=1',
  'deptId=&keyWord=',
  `deptId=${child?.id}&keyWord=an`,
  `keyWord=${owner?.name.slice(1, 4).toUpperCase()}`,
  `keyWord=${owner?.mobile.slice(4)}`,
  'spaceStatus=1',
]

const listSteps = (ask: (text: string) => Step): Step[] => [
  ...[...pages, ...bad, 'offset=0&limit=1'].map(ask),
  ...filters.map((filter) => ask(`offset=0&limit=10&${filter}`)),
  ask(`offset=1&limit=10&keyWord=${owner?.name.slice(1, 4).toUpperCase()}`),
  ...['offset=200&limit=100', 'offset=200&limit=100', 'offset=0&limit=2'].map(ask),
]

const preverifySteps: Step[] = [
  preverify(import3()),
  preverify(import3({ personalCapacity: -1, isAllocateCapacity: true })),
  preverify(import3({ personalCapacity: 5, isAllocateCapacity: false })),
  preverify(import3({ personalCapacity: 999_999_999, isAllocateCapacity: true })),
  preverify(import3({ isAllocateCapacity: true })),
  preverify(import3({ personalCapacity: '1', isAllocateCapacity: true })),
  preverify(import3({ personalCapacity: 1 })),
  preverify(import3({ personalCapacity: 1, isAllocateCapacity: 'true' })),
  ...['"users":[]', `"curDeptId":${root?.id}`, `"curDeptId":"${root?.id}","users":[]`, '"curDeptId":1,"users":[]'].map(
    (body) => preverify(`{${body}}`),
  ),
  preverify(`{"curDeptId":${BigInt(root?.id ?? 0) + 1n},"users":[]}`),
  preverify(`{"curDeptId":${child?.id},"users":{"personalCapacity":0,"isAllocateCapacity":false}}`),
]

/** Two steps at the same time; the answers in the order of the steps. */
const together =
  (...steps: Step[]): Step =>
  async (target) => {
    const replies = await Promise.all(steps.map((step) => step(target)))
    const [first] = replies
    return first && { ...first, text: replies.map((reply) => reply?.text).join('\n') }
  }

/** The ids of four tasks that are created one behind the other and then two at a time. */
const rivals = [[row('0013700000001'), row('0013700000002')], [row('0013700000001')], [row('0013700000003')]]
async function rivalTasks(): Promise<string[]> {
  const target = inProcess({ speed: 1 })
  const { client } = target
  const ids: string[] = []
  for (const [at, userList] of rivals.entries()) {
    if (at === 1) await advance(1100)(target)
    ids.push((await client.signed('POST', paths.create, { body: JSON.stringify({ userList }) })).json.data)
  }
  return ids
}
const [one, two, three] = await rivalTasks()

/** Tasks that meet: over a phone, over a moment, over a list. */
const meetingSteps: Step[] = [
  users('offset=0&limit=5&keyWord=00137'),
  users('offset=0&limit=5&keyWord=Ada'),
  ...rivals.slice(0, 1).map((userList) => create({ userList })),
  query(`taskId=${one}`),
  advance(1100),
  query(`taskId=${one}`),
  ...rivals.slice(1).map((userList) => create({ userList })),
  ...[one, two, three].map((id) => query(`taskId=${id}`)),
  advance(5000),
  ...[one, two, three].map((id) => query(`taskId=${id}`)),
  ...[one, two].map((id) => query(`taskId=${id}&pageSize=1`)),
  together(query(`taskId=${one}`), query(`taskId=${two}`)),
  together(create({ userList: [row('0013700000007')] }), create({ userList: [row('0013700000008')] })),
  users('offset=0&limit=5&keyWord=Ada'),
]

/** What a client might say to the service, good and bad, about each area of behaviour. */
const conversations: Readonly<Partial<Record<MutantArea, readonly Step[]>>> = {
  envelope: [...headerSteps, ...createSteps.slice(0, 2)],
  refusals: [...headerSteps, ...signatureSteps.slice(0, 2), query('taskId=1')],
  signature: signatureSteps,
  token: tokenSteps,
  'trace-id': headerSteps,
  language: headerSteps,
  'create-batch-provisioning-task': [
    ...createSteps,
    create({ userList: [existing] }),
    create({ userList: [{ firstname: 'Zoë 王', phone: '0013900000077' }] }),
    advance(10_000),
    query(`taskId=${task}`),
    users('offset=200&limit=100'),
    users('offset=0&limit=5&keyWord=Zo'),
  ],
  'query-batch-provisioning': [...createSteps.slice(0, 2), ...querySteps],
  'preverify-batch-import': [...preverifySteps, preverify(import101), advance(2000), users('offset=0&limit=2')],
  'list-users': listSteps(users),
  'list-user-spaces': listSteps(spaces),
  concurrency: meetingSteps,
}

/** What of an answer a client sees. */
const shown = ({ status, headers, text }: Pick<Reply, 'status' | 'headers' | 'text'>): string =>
  `${status} ${headers.get('content-type')} ${headers.get('x-traceid') ?? '-'} ${text}`

interface ConverseOptions {
  readonly mutant?: string
  readonly readings?: Readonly<Record<string, string>>
  /** Ends the conversation after an answer. */
  readonly isEnough?: (answer: string, at: number) => boolean
}

/** The answers of a mock to the conversation about an area. */
export async function converse(
  area: MutantArea,
  { mutant, readings = {}, isEnough = () => false }: ConverseOptions = {},
): Promise<string[]> {
  const answers: string[] = []
  // A mutant that breaks the mock itself would be found for the wrong reason.
  const broken: unknown[] = []
  const options = { mutant, readings, speed: 1, onError: (error: unknown) => void broken.push(error) }
  /** Whether that is enough. */
  const heard = (reply: Pick<Reply, 'status' | 'headers' | 'text'>): boolean => {
    if (broken.length > 0) throw broken[0]
    const answer = shown(reply)
    return isEnough(answer, answers.push(answer) - 1)
  }
  const steps = conversations[area]
  if (steps === undefined) await journey(area, options, heard)
  else {
    const target = inProcess({ ...options, maxJournal: 0, debugHeaders: false })
    for (const step of steps) {
      const reply = await step(target)
      if (reply !== undefined && heard(reply)) break
    }
  }
  return answers
}
