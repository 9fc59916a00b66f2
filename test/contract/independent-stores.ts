import { Refused, unknown } from './independent-door.ts'
import type { OfficeManners } from './independent-office.ts'
import type { Organisation, Person } from './independent-organisation.ts'

interface Space {
  owner: string
  type: number
  gb: number
  status: number
  box: string
}
interface Errand {
  id: string
  type: number
  status: number
  looks: number
  born: number
}

/** What the stores need of the office. */
interface Office {
  readonly change: (act: () => void) => void
  readonly missing: () => Record<string, unknown>
  readonly personOf: (id: unknown) => Person | undefined
  readonly needPerson: (id: unknown) => Person
  readonly digits: (text: string | null, least: number, most: number) => number
  readonly idOf: (url: URL) => string
  readonly isHit: (name: string, word: string) => boolean
  readonly me: () => Person | undefined
}
export type Handler = (url: URL, body: any) => Record<string, unknown>
export const TENANT = 'tenant-1'

/** Spaces, quotas and tasks of the independent server, written from the pages alone. */
export function openStores(world: Organisation, manners: OfficeManners, office: Office): Record<string, Handler> {
  const { units, people } = world
  const { change, missing, personOf, needPerson, digits, idOf, isHit, me } = office
  const spaces: Space[] = []
  const errands: Errand[] = [0, 1, 1, 0].map((type, at) => ({
    id: world.newId(),
    type,
    status: at === 3 ? 3 : 2,
    looks: 9,
    born: at,
  }))
  const showSpace = ({ owner, type, gb, status, box }: Space) => ({
    type: String(type),
    status: String(status),
    ownerId: owner,
    containerId: box,
    bizRootFileId: `root${box}`,
    bizSboxFileId: `sbox${box}`,
    capacity: String(gb),
    spaceUsed: '7',
    tenantId: TENANT,
    creator: '1',
    createTime: '2025-01-01T00:00:00.000Z',
    modifier: '1',
    updateTime: '2025-01-01T00:00:00.000Z',
    rootFileId: `root${box}`,
  })
  const spaceOf = (owner: string, type: unknown) => {
    const found = spaces.find((one) => one.owner === owner && one.type === Number(type))
    const person = personOf(owner)
    if (found || Number(type) !== 1 || !person?.space) return found
    const { gb, state, id } = person.space
    return { owner, type: 1, gb, status: Number(state), box: `box-${id}-0` }
  }
  const drop = (list: unknown[], one: unknown) => {
    const at = list.indexOf(one)
    if (at >= 0) list.splice(at, 1)
  }
  const rooms: Record<string, Handler> = {
    'GET /space/departmentList': ({ searchParams }) => {
      const [offset, limit] = [digits(searchParams.get('offset'), 0, 1e9), digits(searchParams.get('limit'), 1, 100)]
      const word = searchParams.get('keyWord') ?? ''
      const found = units.filter(({ name }) => word === '' || isHit(name, word))
      if (manners.ordersByLimit && limit < 100) found.reverse()
      const shown = found.slice(offset, offset + limit)
      return {
        total: String(found.length),
        departments: shown.map((unit) => ({
          id: unit.id,
          parentId: unit.up?.id ?? '0',
          name: unit.name,
          tenantId: TENANT,
        })),
      }
    },
    'GET /space/allocation/get': () => {
      const rows = [0, 1, 2].map((type) => ({
        type,
        allocateCapacity: manners.quota === 'none' ? 0 : 5,
        totalCapacity: 0,
      }))
      return { data: manners.allocation === 'list' ? rows : { ...rows[1], type: '1' } }
    },
    'GET /space/*': (url) => {
      const found = spaceOf(idOf(url), url.searchParams.get('type'))
      return found === undefined ? missing() : { data: showSpace(found) }
    },
    'POST /space/*': (url, { capacity, type }) => {
      if (manners.quota === 'none') throw new Refused(400, 13000997, 'No room is left.')
      const space = {
        owner: idOf(url),
        type: Number(type),
        gb: Number(capacity),
        status: 0,
        box: `box-${world.newId()}`,
      }
      const person = space.type === 1 ? personOf(space.owner) : undefined
      change(() => {
        spaces.push(space)
        if (person) person.space = { id: space.box, gb: space.gb, kb: 7, state: '0' }
      })
      if (manners.answersIn2024) return {}
      const { gb: _gb, owner: ownerId, box: containerId, ...rest } = space
      return {
        data: { ...showSpace(space), ...rest, ownerId, containerId, capacity: space.gb, spaceUsed: 0, operatorId: 1 },
      }
    },
    'PUT /space/*': (url, { capacity, status, type }) => {
      const space = spaces.find((one) => one.owner === idOf(url) && one.type === Number(type))
      if (space === undefined) throw unknown()
      change(() => Object.assign(space, { gb: Number(capacity ?? space.gb), status: Number(status ?? space.status) }))
      return {}
    },
    'DELETE /space/*': (url) => {
      const space = spaceOf(idOf(url), url.searchParams.get('type'))
      if (space === undefined) throw unknown()
      const person = space.type === 1 ? personOf(space.owner) : undefined
      change(() => {
        const at = spaces.findIndex(({ box }) => box === space.box)
        if (at >= 0) spaces.splice(at, 1)
        if (person) person.space = undefined
      })
      return {}
    },
    'GET /service/quotaUsed': () => {
      const names = ['dept', 'personal', 'group']
      const zeros = names.flatMap((name) => [`${name}SpaceUsed`, `${name}SpaceQuotaUsed`, `${name}SpaceQuota`])
      const n = manners.quota === 'none' ? 0 : 5
      const parts = Object.fromEntries(zeros.map((name) => [name, name.endsWith('Quota') ? 0 : n]))
      const sums = { spaceUsed: 3 * n, spaceQuotaUsed: 3 * n, spaceCapacity: 0, reservedSpaceQuota: 0 }
      const more = { userCount: people.length, userMaxCount: 0, packageDownloadExpires: 7, productType: '1' }
      return { data: { ...parts, ...sums, ...more } }
    },
  }
  const showErrand = ({ id, type, status, born }: Errand) => ({
    taskId: id,
    taskName: `errand ${born}`,
    taskType: type,
    status,
    createTime: `2024-08-12T07:22:${String(10 + born)}.000Z`,
  })
  const tasks: Record<string, Handler> = {
    'GET /task/list': ({ searchParams }) => {
      const size = digits(searchParams.get('pageSize') ?? '100', 1, 100)
      const is = (name: string, value: number) => (searchParams.get(name) ?? String(value)) === String(value)
      const found = errands.filter(({ type, status }) => is('taskType', type) && is('status', status))
      // Pages may be partial or empty before the end.
      const step = manners.partialPages ? 1 : size
      const from = Number(searchParams.get('pageCursor') ?? 0)
      const isGap = manners.partialPages && from % 2 === 1
      const rows = isGap ? [] : found.slice(Math.floor(from / 2), Math.floor(from / 2) + step)
      const plain = found.slice(from, from + size)
      if (manners.partialPages) {
        const isOver = Math.floor(from / 2) >= found.length - 1 && isGap
        return { taskListDtos: rows.map(showErrand), ...(!isOver && { nextCursor: from + 1 }) }
      }
      const rest = from + plain.length < found.length
      return { taskList: plain.map(showErrand), ...(rest && { nextCursor: String(from + plain.length) }) }
    },
    'GET /task/result': ({ searchParams }) => {
      const id = searchParams.get('taskId') ?? searchParams.get('taskid')
      const errand = errands.find((one) => one.id === id)
      if (errand === undefined) throw unknown()
      return { data: { successCount: 1, failCount: 1, failInfoList: [{ userName: 'ss' }] } }
    },
    'POST /task/create': (_, { taskType, srcUserId, dstUserId }) => {
      const [from] = [needPerson(srcUserId), needPerson(dstUserId)]
      const errand = { id: world.newId(), type: Number(taskType), status: 0, looks: 0, born: errands.length }
      errands.push(errand)
      if (!manners.keepsTransferred) change(() => drop(people, from))
      return { taskId: errand.id }
    },
    'GET /task/*': (url) => {
      const errand = errands.find(({ id }) => id === idOf(url))
      if (errand === undefined) return missing()
      errand.looks += 1
      if (errand.looks <= manners.taskLooks) throw unknown()
      if (errand.status < 2 && errand.looks > 2 * manners.taskLooks) errand.status = 2
      else if (errand.status === 0) errand.status = 1
      return { ...showErrand(errand), tenantId: TENANT, userId: me()?.id ?? '' }
    },
  }
  return { ...rooms, ...tasks }
}
