import { badParameter, Refused, unknown } from './independent-door.ts'
import { account, type Organisation, type Person, type Unit } from './independent-organisation.ts'
import { type Handler, openStores, TENANT } from './independent-stores.ts'

/** Ways of the management pages that no page forbids. */
export interface OfficeManners {
  /** What a list of departments without an id shows, and what the root names as its parent. */
  readonly root: 'alone' | 'children' | 'below-the-tenant'
  /** Calls after which a change shows. */
  readonly showsAfter: number
  /** What is not there is answered with success and nothing. */
  readonly findsNothing: boolean
  readonly keepsDepartments: boolean
  /** Adds only members of the organisation that it knows. */
  readonly knowsItsMembers: boolean
  /** A search finds what begins with the word, or what has its first letter. */
  readonly search: 'contains' | 'begins' | 'fuzzy'
  /** Pages of another size are in another order. */
  readonly ordersByLimit: boolean
  /** A cursor behind pages that are partial or empty. */
  readonly partialPages: boolean
  /** The result of an import as its table has it. */
  readonly keepsToResultTable: boolean
  /** Whoever is signed in: an administrator of the tenant who is no user, or a user with a role of sessions. */
  readonly caller: 'user' | 'stranger' | 'hex-department'
  readonly mobile: 'plain' | 'masked' | 'national'
  readonly counts: 'direct' | 'tree'
  /** A transfer leaves the user there. */
  readonly keepsTransferred: boolean
  /** Looks at a task until it is found, and until it ends. */
  readonly taskLooks: number
  readonly quota: 'some' | 'none'
  readonly answersIn2024: boolean
  readonly allocation: 'list' | 'object'
  readonly lacks: readonly string[]
}

export const plainOffice: OfficeManners = {
  root: 'children',
  showsAfter: 0,
  findsNothing: false,
  keepsDepartments: false,
  knowsItsMembers: false,
  search: 'contains',
  ordersByLimit: false,
  partialPages: false,
  keepsToResultTable: false,
  caller: 'user',
  mobile: 'plain',
  counts: 'tree',
  keepsTransferred: false,
  taskLooks: 0,
  quota: 'some',
  answersIn2024: false,
  allocation: 'list',
  lacks: [],
}

const ORG = '9190086000009900001'
const hex = (id: string) => id.padStart(32, 'a')

/** The management operations of the independent server, written from the pages alone. */
export function openOffice(world: Organisation, manners: OfficeManners) {
  const { units, people } = world
  /** Changes that do not show yet, with the calls that are left until they do. */
  const late: { left: number; act: () => void }[] = []
  const change = (act: () => void) => {
    if (manners.showsAfter === 0) act()
    else late.push({ left: manners.showsAfter, act })
  }
  const tick = () => {
    for (const one of late) one.left -= 1
    while (late[0] && late[0].left < 0) late.shift()?.act()
  }
  const missing = () => {
    if (manners.findsNothing) return { data: null }
    throw unknown()
  }
  const unitOf = (id: unknown) => units.find((one) => one.id === String(id))
  const personOf = (id: unknown) => people.find((one) => one.id === String(id))
  const needUnit = (id: unknown) => {
    const unit = unitOf(id)
    if (unit === undefined) throw unknown()
    return unit
  }
  const needPerson = (id: unknown) => {
    const person = personOf(id)
    if (person === undefined) throw unknown()
    return person
  }
  const isBelow = (unit: Unit | undefined, above: Unit): boolean =>
    unit !== undefined && (unit === above || isBelow(unit.up, above))
  const isHit = (name: string, word: string) =>
    manners.search === 'contains'
      ? name.toLowerCase().includes(word.toLowerCase())
      : manners.search === 'begins'
        ? name.startsWith(word)
        : name[0] === word[0]
  const showUnit = ({ id, name, up }: Unit) => {
    const parent = up?.id ?? (manners.root === 'below-the-tenant' ? ORG : undefined)
    return {
      id,
      orgId: ORG,
      deptId: hex(id),
      name,
      tenantId: TENANT,
      ...(parent !== undefined && { parentId: parent }),
    }
  }
  const masked = (phone: string) => `${phone.slice(0, 7)}****${phone.slice(-4)}`
  const showPerson = ({ id, userId, name, phone, dept, role, status }: Person) => ({
    id,
    orgId: ORG,
    userId,
    name,
    deptId: dept.id,
    deptName: dept.name,
    mobile: masked(phone),
    role,
    status,
  })
  const drop = (list: unknown[], one: unknown) => {
    const at = list.indexOf(one)
    if (at >= 0) list.splice(at, 1)
  }
  const me = () => people.find(({ userId }) => userId === account.userId) ?? world.people[0]
  const idOf = (url: URL) => decodeURIComponent(url.pathname.split('/').at(-1) ?? '')
  const digits = (text: string | null, least: number, most: number) => {
    if (text === null || !/^\d+$/.test(text) || Number(text) < least || Number(text) > most) throw badParameter()
    return Number(text)
  }
  const session: Record<string, Handler> = {
    'GET /session/authCodeURL': ({ searchParams }) => {
      if (!searchParams.get('domain')) throw badParameter()
      const uri = 'https://login.example.org/oauth2/authorize?response_type=code&client_id=a&scope=phone&redirect_uri=b'
      return { uri, orgIdHost: 'https://login.example.org' }
    },
    'POST /session': () => {
      throw badParameter()
    },
    'GET /session/auth': () => {
      const { name = '', id = '', userId = '', dept = world.head, role = 1 } = me() ?? {}
      const isStranger = manners.caller === 'stranger'
      return {
        data: {
          role: String(role),
          innerUserId: isStranger ? '369528171409614001' : id,
          userId: isStranger ? '1008600000016806899' : userId,
          userName: isStranger ? 'Tenant administrator' : name,
          orgId: ORG,
          orgName: 'Elsewhere',
          tenantId: TENANT,
          userCount: people.length,
          deptId: manners.caller === 'hex-department' ? hex(dept.id) : dept.id,
        },
      }
    },
    'GET /session/logoff': () => ({}),
  }
  const departments: Record<string, Handler> = {
    'GET /departmentList': ({ searchParams }) => {
      const word = searchParams.get('keyWord') ?? ''
      const id = searchParams.get('departmentId')
      if (id === null && manners.root !== 'children') return { list: [showUnit(world.head)] }
      const above = id === null ? world.head : unitOf(id)
      if (above === undefined) return manners.findsNothing ? { list: [] } : missing()
      return { list: units.filter(({ up, name }) => up === above && (word === '' || isHit(name, word))).map(showUnit) }
    },
    'GET /departments/*': (url) => {
      const unit = unitOf(idOf(url))
      return unit === undefined ? missing() : showUnit(unit)
    },
    'POST /departments': (_, { name, parentId }) => {
      const unit = { id: world.newId(), name: String(name), up: needUnit(parentId) }
      // Whoever got the id may use it at once; lists follow.
      units.push(unit)
      return manners.answersIn2024 ? { failedList: [] } : { data: { id: unit.id } }
    },
    'PUT /departments/*': (url, { name, parentId }) => {
      const [unit, up] = [needUnit(idOf(url)), needUnit(parentId)]
      change(() => Object.assign(unit, { name: String(name), up }))
      return {}
    },
    'DELETE /departments/*': (url) => {
      const unit = needUnit(idOf(url))
      if (manners.keepsDepartments) throw new Refused(400, 13000999, 'Departments stay.')
      if (people.some(({ dept }) => dept === unit) || units.some(({ up }) => up === unit)) throw badParameter()
      change(() => drop(units, unit))
      return {}
    },
  }
  const users: Record<string, Handler> = {
    'GET /users/count': ({ searchParams }) => {
      const id = searchParams.get('deptId')
      if (!id) return { total: people.length }
      const unit = unitOf(id)
      if (unit === undefined) throw unknown()
      const isIn = ({ dept }: Person) => (manners.counts === 'tree' ? isBelow(dept, unit) : dept === unit)
      return { total: people.filter(isIn).length }
    },
    'GET /users/mobile/*': (url) => {
      const { phone } = needPerson(idOf(url))
      const national = `${phone.slice(4, 7)}********`
      return { mobile: { plain: phone, masked: masked(phone), national }[manners.mobile] }
    },
    'GET /users/*': (url) => {
      const person = personOf(idOf(url))
      return person === undefined ? missing() : { data: showPerson(person) }
    },
    'POST /users': (_, { userId, modifyUserInfoReq: { deptId, role } = {} }) => {
      if (manners.knowsItsMembers) throw new Refused(400, 13000998, 'Nobody of the organisation.')
      const dept = deptId === undefined ? world.head : needUnit(deptId)
      change(() => {
        const phone = `0086178${String(userId).slice(-8)}`
        world.hire(`Member ${String(userId).slice(-4)}`, phone, dept, Number(role ?? 1), undefined).userId = userId
      })
      return {}
    },
    'PUT /users/*': (url, { deptId, role, status }) => {
      const person = needPerson(idOf(url))
      const dept = deptId === undefined ? person.dept : needUnit(deptId)
      change(() => Object.assign(person, { dept, role: role ?? person.role, status: status ?? person.status }))
      return {}
    },
    'DELETE /users/*': (url) => {
      const person = needPerson(idOf(url))
      change(() => drop(people, person))
      return {}
    },
  }
  const more = openStores(world, manners, { change, missing, needPerson, personOf, digits, idOf, isHit, me })
  const all = { ...session, ...departments, ...users, ...more }

  /** Finds what answers a call, which lets time go by; undefined where the server has no such operation. */
  return (method: string, path: string): Handler | undefined => {
    tick()
    const short = path.replace(/^\/koodrive\/ose\/v1/, '').replace(/^(\/session)\/$/, '$1')
    const key = [short, short.replace(/[^/]+$/, '*')].map((one) => `${method} ${one}`).find((one) => one in all)
    if (short === '/space/userList' || key === undefined || manners.lacks.some((name) => key.includes(name)))
      return undefined
    return (url, body) => {
      return all[key]?.(url, body ?? {}) ?? {}
    }
  }
}
