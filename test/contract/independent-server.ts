import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createSecureServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { badParameter, checkSignature, checkToken, deliver, ownCodes, Refused, unknown } from './independent-door.ts'
import { openOffice, plainOffice } from './independent-office.ts'
import {
  account,
  createOrganisation,
  type Job,
  type Manners,
  type Organisation,
  type Person,
  plainManners,
  settle,
  type Unit,
} from './independent-organisation.ts'

const BASE = '/koodrive/ose/v1'

/**
 * A second server that keeps to the vendor's pages in a way of its own: other ids, other data, other timing, other
 * texts, further fields. It shares no code with src/; it was written from the pages alone.
 */
export async function startIndependentServer(
  manners: Partial<Manners> = {},
  tls?: { readonly cert: string; readonly key: string },
): Promise<{
  url: string
  close: () => Promise<void>
  requests: string[]
}> {
  const world = createOrganisation({ ...plainManners, ...manners })
  const office = manners.office && openOffice(world, { ...plainOffice, ...manners.office })
  const requests: string[] = []
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    requests.push(`${request.method} ${request.url}`)
    const { busyEvery, isCrowded, shrinks, tokenLasts } = world.manners
    if (shrinks && requests.length % 5 === 0) {
      const at = world.people.findIndex((one, n) => n > 0 && one.userId !== account.userId)
      if (at > 0) world.people.splice(at, 1)
    }
    if (
      tokenLasts > 0 &&
      requests.length > tokenLasts &&
      request.headers.authorization?.includes(account.accessToken)
    ) {
      request.headers.authorization = 'Bearer expired'
    }
    if (busyEvery > 0 && requests.length % busyEvery === 0) {
      request.resume()
      const isGateway = requests.length % (2 * busyEvery) === 0
      response.writeHead(isGateway ? 503 : 429, { 'retry-after': '0' }).end('<html>Busy</html>')
      return
    }
    if (isCrowded)
      world.hire(
        'Somebody Else',
        `0033${String(requests.length).padStart(9, '0')}`,
        world.units[requests.length % 3] ?? world.head,
        1,
        '0',
      )
    setTimeout(() => {
      serve(world, office, request, response).catch((error) => {
        response.writeHead(500).end(String(error))
      })
    }, world.manners.slowMs)
  }
  const secure = { ...tls, allowHTTP1: false }
  const server: Server =
    tls === undefined ? createServer(answer) : (createSecureServer(secure, answer as never) as unknown as Server)
  const sessions = new Set<{ destroy: () => void }>()
  server.on('session', (session) => sessions.add(session))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http${tls === undefined ? '' : 's'}://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections?.()
        for (const session of sessions) session.destroy()
      }),
  }
}

const routes: Record<
  string,
  [string, 'sign' | 'token' | 'none', (w: Organisation, url: URL, body: any) => Record<string, unknown>]
> = {
  [`${BASE}/user/batchRegister/create`]: ['POST', 'sign', create],
  [`${BASE}/user/batchRegister/get`]: ['GET', 'sign', query],
  [`${BASE}/users/batchimport/preverify`]: ['POST', 'token', preverify],
  [`${BASE}/userList`]: ['GET', 'token', users],
  [`${BASE}/space/userList`]: ['GET', 'token', spaces],
}

const isOpen = (path: string): boolean => /\/session(?:\/?|\/authCodeURL|\/logoff)$/.test(path)

async function serve(
  world: Organisation,
  office: ReturnType<typeof openOffice> | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const raw = Buffer.concat(chunks)
  const isEnglish = world.manners.speaksEnglishOnly
  const chinese = !isEnglish && /^zh/i.test(String(request.headers['language'] ?? ''))
  const send = (status: number, body: object): void => {
    if (world.manners.refusesWithoutBody && [401, 404, 405].includes(status))
      return void response.writeHead(status).end()
    deliver(world, response, status, body)
  }
  try {
    const url = new URL(request.url ?? '/', 'http://here')
    const manage = office?.(request.method ?? '', url.pathname)
    const route: (typeof routes)[string] | undefined =
      manage === undefined
        ? routes[url.pathname]
        : [request.method ?? '', isOpen(url.pathname) ? 'none' : 'token', (_, at, body) => manage(at, body)]
    if (route === undefined) throw new Refused(404, 404, 'There is nothing here.')
    const [method, proof, handle] = route
    if (request.method !== method) throw new Refused(405, 405, 'Not like this.')
    if (world.manners.countsTraceBits && String(request.headers['x-traceid'] ?? '').length > 8) throw badParameter()
    if (proof === 'sign') checkSignature(world, request, raw)
    else if (proof === 'token') checkToken(world, request)
    settle(world)
    if (world.manners.sortsByLanguage && url.pathname.endsWith('userList')) {
      const first = world.people[0]?.userId === account.userId
      if (first === /^zh/i.test(String(request.headers['language'] ?? ''))) world.people.reverse()
    }
    const body = ['POST', 'PUT'].includes(method) ? exactJson(raw.toString()) : undefined
    const isBare = world.manners.office?.keepsToResultTable && url.pathname.endsWith('/task/result')
    if (isBare) return send(200, handle(world, url, body))
    send(200, {
      ...handle(world, url, body),
      code: world.manners.keepsToTables ? '0' : 0,
      msg: chinese ? '好了' : 'All right',
      costMs: 3,
    })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const { hasOwnCodes, answers500, refusesAlike } = world.manners
    const [status, code] = refusesAlike ??
      (hasOwnCodes ? ownCodes[error.code] : undefined) ?? [error.status, error.code]
    const isPuzzled = answers500 && error.code === 13000102
    send(isPuzzled ? 500 : status, {
      code: world.manners.keepsToTables ? String(code) : code,
      msg: chinese ? '不行' : error.message,
      help: 'https://example.com',
    })
  }
}

/** Parses JSON; curDeptId keeps its digits as text. */
function exactJson(text: string): any {
  try {
    return JSON.parse(text.replace(/("curDeptId"\s*:\s*)(\d+)/, '$1"#$2"').replace(/("deptId"\s*:\s*)(\d+)/, '$1"$2"'))
  } catch {
    throw badParameter()
  }
}

const isText = (value: unknown, least = 0): value is string => typeof value === 'string' && value.length >= least

function create(world: Organisation, _: URL, body: any) {
  const list = body?.userList
  if (!Array.isArray(list) || list.length < 1 || list.length > 1000) throw badParameter()
  const { takesNumbersForTexts, refusesWholeBatches, checksRowsLater, findsBeginnings, refusesEqualRows } =
    world.manners
  for (const row of list) {
    if (takesNumbersForTexts)
      for (const [key, value] of Object.entries(row ?? {})) if (typeof value === 'number') row[key] = String(value)
    if (refusesWholeBatches && /-no-digits|no-address/.test(`${row?.phone} ${row?.email}`)) throw badParameter()
    if (checksRowsLater) continue
    if (!isText(row?.firstname, 1) || !isText(row.phone, 1)) throw badParameter()
    for (const key of ['surname', 'email', 'password'])
      if (row[key] !== undefined && !isText(row[key])) throw badParameter()
  }
  if (refusesEqualRows && new Set(list.map(({ phone }) => phone)).size < list.length) throw badParameter()
  const rows = list.map((row: any) => ({
    phone: isText(row?.phone) ? row.phone : '',
    name: (findsBeginnings ? [row.surname, row.firstname] : [row.firstname, row.surname]).filter(Boolean).join(' '),
    bad: !isText(row?.firstname, 1) || !isText(row.phone, 1) || (row.email !== undefined && !row.email.includes('@')),
  }))
  const job: Job = { id: world.newId(), rows, done: [], born: Date.now(), looks: 0 }
  world.jobs.set(job.id, job)
  return { data: job.id }
}

function query(world: Organisation, { searchParams }: URL) {
  const job = world.jobs.get(searchParams.get('taskId') ?? '')
  if (!searchParams.get('taskId')) throw badParameter()
  const { clamps, knowsEveryTask, keepsToTables: _tables } = world.manners
  const asked = searchParams.get('pageSize') ?? '1000'
  const size = clamps && /^-?\d+$/.test(asked) ? String(Math.min(1000, Math.max(1, Number(asked)))) : asked
  if (!/^\d{1,4}$/.test(size) || Number(size) < 1 || Number(size) > 1000) throw badParameter()
  if (job === undefined) {
    if (knowsEveryTask) return { data: null }
    throw unknown()
  }
  job.looks += 1
  const { findsJobsAfter, tellsAtTheEnd, saysNothingAsNull } = world.manners
  if (job.looks <= findsJobsAfter) throw unknown()
  const cursor = searchParams.get('cursor') || '0'
  const from = cursor === '0' ? 0 : Number(/^after-(\d+)$/.exec(cursor)?.[1] ?? Number.NaN)
  if (Number.isNaN(from)) throw badParameter()
  const told = tellsAtTheEnd && job.done.length < job.rows.length ? [] : job.done
  const page = told.slice(from, from + Number(size))
  const isFull = world.manners.goesOnAfterFullPages && page.length === Number(size)
  const more = from + page.length < told.length || isFull
  const count = (test: (code: string | undefined) => boolean) => told.filter(({ code }) => test(code)).length
  const status = job.done.length === job.rows.length ? '2' : job.done.length > 0 ? '1' : '0'
  return {
    data: {
      taskInfo: {
        taskId: job.id,
        status,
        totalCount: job.rows.length,
        successCount: count((code) => code === undefined),
        failCount: count((code) => code === '13000102'),
        skipCount: count((code) => code === '40000009'),
        startedBy: 'somebody',
      },
      registerList: saysNothingAsNull ? page.map((row) => ({ userId: null, reason: 'OK', code: '0', ...row })) : page,
      ...(more && { nextPageCursor: `after-${from + page.length}` }),
    },
  }
}

function preverify(world: Organisation, _: URL, body: any) {
  if (!/^#\d+$/.test(String(body?.curDeptId)) || !Array.isArray(body.users)) throw badParameter()
  const current = world.units.find(({ id }) => `#${id}` === body.curDeptId)
  const { givesAnySize, createsDepartments, verifiesAllOrNothing, verifiesAnywhere } = world.manners
  if (current === undefined && !verifiesAnywhere) throw unknown()
  const data = body.users.map((row: any) => {
    const { targetDeptName: name, personalCapacity: gb, isAllocateCapacity: wants } = row ?? {}
    if (!Number.isInteger(gb) || typeof wants !== 'boolean') throw badParameter()
    if (name !== undefined && !isText(name)) throw badParameter()
    const problem =
      name && !createsDepartments && !world.units.some((unit) => unit.name === name)
        ? 'That department is not there.'
        : wants
          ? !givesAnySize && (gb <= 0 || gb > 500)
            ? 'That is no size we can give.'
            : undefined
          : gb !== 0
            ? 'Nothing is to be allocated.'
            : undefined
    if (problem !== undefined && verifiesAllOrNothing) throw badParameter()
    return problem === undefined ? { isSuccess: 0 } : { isSuccess: 1, reason: problem }
  })
  return { data }
}

const within = (unit: Unit | undefined, above: Unit): boolean =>
  unit !== undefined && (unit === above || within(unit.up, above))

/** The people that both lists select from. */
function selected(
  world: Organisation,
  { searchParams }: URL,
  hit: (person: Person, word: string) => boolean,
): [Person[], (all: Person[]) => Person[]] {
  const { clamps, knowsEveryDepartment, refusesEmpty, listsMembershipsTwice, refusesBeyondTheEnd } = world.manners
  const clamped = (text: string, least: number, most: number): string =>
    clamps && /^-?\d+$/.test(text) ? String(Math.min(most, Math.max(least, Number(text)))) : text
  const offset = clamped(searchParams.get('offset') ?? '', 0, Number.MAX_SAFE_INTEGER)
  const limit = clamped(searchParams.get('limit') ?? '', 1, 100)
  if (refusesEmpty && ['deptId', 'keyWord', 'isDirect'].some((name) => searchParams.get(name) === ''))
    throw badParameter()
  if (!/^\d+$/.test(offset) || !/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > 100)
    throw badParameter()
  const deptId = searchParams.get('deptId') || undefined
  const unit = deptId === undefined ? world.head : world.units.find(({ id }) => id === deptId)
  if (unit === undefined) {
    if (knowsEveryDepartment) return [[], () => []]
    throw unknown()
  }
  const direct = searchParams.get('isDirect') === 'true'
  const word = searchParams.get('keyWord') ?? ''
  for (const [person, looks] of world.hidden) world.hidden.set(person, looks - 1)
  const [, second] = world.people
  const other = world.units.find((one) => one !== second?.dept)
  const records = world.people.flatMap((person) =>
    listsMembershipsTwice && person === second && other ? [person, { ...person, dept: other }] : [person],
  )
  const found = records.filter(
    (person) =>
      (world.hidden.get(person) ?? 0) < 0 === world.hidden.has(person) &&
      (direct ? person.dept === unit : within(person.dept, unit)) &&
      (word === '' || hit(person, word)),
  )
  if (world.manners.shuffles) found.sort(() => Math.random() - 0.5)
  if (refusesBeyondTheEnd && Number(offset) > 0 && Number(offset) >= found.length) throw badParameter()
  return [found, (all) => all.slice(Number(offset), Number(offset) + Number(limit))]
}

const isFound = ({ manners }: Organisation, name: string, word: string): boolean =>
  manners.findsWholeNames ? name === word : manners.findsBeginnings ? name.startsWith(word) : name.includes(word)

const masked = (phone: string) => `${phone.slice(0, 7)}****${phone.slice(-4)}`
const common = ({ manners }: Organisation, { name, userId, dept, phone, role, status }: Person) => ({
  name,
  userId,
  deptId: dept.id,
  deptName: dept.name,
  mobile: manners.hidesNumbers || (manners.someHaveNoPhone && Number(phone.slice(-4)) % 3 === 1) ? null : masked(phone),
  role,
  status,
})

function users(world: Organisation, url: URL) {
  const [found, page] = selected(world, url, ({ name }, word) => isFound(world, name, word))
  const rows = page(found).map((person) => ({ ...common(world, person), id: person.id, nickname: null }))
  return world.manners.keepsToTables ? { data: rows } : { list: rows, total: found.length }
}

function spaces(world: Organisation, url: URL) {
  const [found, page] = selected(world, url, ({ name, phone }, word) => isFound(world, name, word) || phone === word)
  const state = url.searchParams.get('spaceStatus') || undefined
  const own = found.filter(({ space }) => space !== undefined && (state === undefined || space.state === state))
  const { spacesEach, masksShortly } = world.manners
  const all = own.flatMap((person) => Array.from({ length: spacesEach }, (_, nth) => ({ ...person, nth })))
  const shown = page(all as Person[]).flatMap((person) =>
    person.space === undefined
      ? []
      : [
          {
            ...common(world, person),
            ...(masksShortly && { mobile: masked(person.phone).slice(4) }),
            containerId: `box-${person.space.id}-${(person as { nth?: number }).nth}`,
            capacity: person.space.gb,
            spaceUsed: person.space.kb,
            tenantId: 'tenant-1',
            id: person.space.id,
            spaceStatus: person.space.state,
            region: 'moon',
          },
        ],
  )
  return { users: shown, total: String(all.length) }
}
