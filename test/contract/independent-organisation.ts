/** The people, departments and batch jobs of the independent server; shares no code with src/. */
export const account = {
  appId: 'c0ffee'.repeat(8),
  appSecret: 'an-independent-secret',
  userId: '7700000000000000001',
  accessToken: 'independent-user-token',
  appAccessToken: 'independent-app-token',
} as const

export interface Person {
  id: string
  userId: string
  name: string
  phone: string
  dept: Unit
  role: number
  status: number
  space: { id: string; gb: number; kb: number; state: '0' | '1' } | undefined
}
export interface Unit {
  id: string
  name: string
  up: Unit | undefined
}
export interface Job {
  id: string
  rows: { phone: string; name: string; bad: boolean }[]
  done: { id: string; phone: string; userId?: string; code?: string; reason?: string }[]
  born: number
  looks: number
}

/** Ways of a real service that no page forbids. */
export interface Manners {
  /** Milliseconds that a row takes. */
  rowMs: number
  /** Milliseconds until a job begins. */
  startMs: number
  /** Looks at a new job that find nothing yet. */
  findsJobsAfter: number
  /** Looks at the list of people that do not show new ones yet. */
  listsPeopleAfter: number
  /** Writes null and code 0 where others write nothing. */
  saysNothingAsNull: boolean
  /** Shows counts and rows only when all is done. */
  tellsAtTheEnd: boolean
  /** Refuses a whole batch for one bad row. */
  refusesWholeBatches: boolean
  /** Provisions only phones of countries that exist. */
  knowsCountries: boolean
  /** Answers 401, 404 and 405 without any body. */
  refusesWithoutBody: boolean
  /** Takes a number for a text, as many JSON libraries do. */
  takesNumbersForTexts: boolean
  /** Every so many requests meet a gateway that is busy; 0 is never. */
  busyEvery: number
  /** Form of the access token. */
  token: RegExp
  /** Somebody else adds a user with every request. */
  isCrowded: boolean
  /** Shows + as 00. */
  normalisesPhones: boolean
}

export const plainManners: Manners = {
  rowMs: 4,
  startMs: 30,
  findsJobsAfter: 0,
  listsPeopleAfter: 0,
  saysNothingAsNull: false,
  tellsAtTheEnd: false,
  refusesWholeBatches: false,
  knowsCountries: false,
  refusesWithoutBody: false,
  takesNumbersForTexts: false,
  busyEvery: 0,
  token: /^Bearer[ +](\S+)$/,
  isCrowded: false,
  normalisesPhones: false,
}

export function createOrganisation(manners: Manners) {
  const head: Unit = { id: '8800000000000000017', name: 'Head office', up: undefined }
  const west: Unit = { id: '8800000000000000123', name: 'West', up: head }
  const lab: Unit = { id: '8800000000000004567', name: 'Lab', up: west }
  const people: Person[] = []
  let next = 9_100_000_000_000_000_003n
  const newId = () => {
    next += 1_000_003n
    return String(next)
  }
  const hire = (name: string, phone: string, dept: Unit, role: number, state: '0' | '1' | undefined, status = 0) => {
    const space = state && { id: newId(), gb: 5, kb: people.length * 7, state }
    const person = { id: newId(), userId: newId(), name, phone, dept, role, status, space: space || undefined }
    people.push(person)
    return person
  }
  hire('Zoë Quartermain', '00491700000001', head, 2, '0').userId = account.userId
  const names = ['Ilse', 'Jörg', 'Kwame', 'Lucía', 'Mei', 'Noor', 'Oskar', 'Priya']
  for (let n = 0; n < 57; n += 1) {
    const dept = [head, west, lab][n % 3] ?? head
    hire(
      `${names[n % names.length]} Vandermeulen-${n}`,
      `0049171${String(n * 7919).padStart(7, '0')}`,
      dept,
      n === 4 ? 0 : 1,
      n % 11 === 5 ? undefined : n % 9 === 4 ? '1' : '0',
      n % 13 === 2 ? 2 : 0,
    )
  }
  return {
    manners,
    head,
    units: [head, west, lab],
    people,
    hidden: new Map<Person, number>(),
    jobs: new Map<string, Job>(),
    newId,
    hire,
  }
}
export type Organisation = ReturnType<typeof createOrganisation>

/** Lets every job go on to where it is by now. */
export function settle(world: Organisation): void {
  const { startMs, rowMs, listsPeopleAfter, knowsCountries, normalisesPhones } = world.manners
  for (const job of world.jobs.values()) {
    const due = Math.min(job.rows.length, Math.floor((Date.now() - job.born - startMs) / rowMs))
    while (job.done.length < due) {
      const { phone: sent, name, bad } = job.rows[job.done.length] ?? { phone: '', name: '', bad: true }
      const phone = normalisesPhones ? sent.replace(/^\+/, '00') : sent
      const owner = world.people.find((one) => one.phone === phone)
      const base = { id: `${job.id}-${job.done.length + 1}`, phone }
      if (bad) job.done.push({ ...base, code: '13000102', reason: 'That cannot be an address.' })
      else if (knowsCountries && /^(?:00|\+)999/.test(phone))
        job.done.push({ ...base, code: '13000102', reason: 'There is no such country.' })
      else if (owner) job.done.push({ ...base, userId: owner.userId, code: '40000009', reason: 'Already here.' })
      else {
        const person = world.hire(name, phone, world.head, 1, undefined, 2)
        world.hidden.set(person, listsPeopleAfter)
        job.done.push({ ...base, userId: person.userId })
      }
    }
  }
}
