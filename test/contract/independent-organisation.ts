import type { OfficeManners } from './independent-office.ts'

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
  /** How its departments are laid out and numbered. */
  departments: 'apart' | 'consecutive' | 'short' | 'one' | 'namesakes' | 'empty-root'
  /** People besides the caller. */
  staff: number
  /** How far its clock is ahead, in milliseconds. */
  clockMs: number
  /** Milliseconds until it answers. */
  slowMs: number
  /** What its gateway does to an answer on the way. */
  gateway: 'none' | 'headers' | 'gzip' | 'chunks' | 'lower-case' | 'mark'
  /** Further fields in every object. */
  isTalkative: boolean
  /** Texts for people are English whatever is asked for. */
  speaksEnglishOnly: boolean
  /** A listed header that is absent counts as empty. */
  signsAbsentHeaders: boolean
  /** A caller that nobody knows may ask. */
  knowsEveryCaller: boolean
  /** What is out of its range counts as the nearest value. */
  clamps: boolean
  /** Any size of a space is a size. */
  givesAnySize: boolean
  /** A department that is not there will be created. */
  createsDepartments: boolean
  /** A verification with a wrong row is refused as a whole. */
  verifiesAllOrNothing: boolean
  /** Any department may be named to verify in. */
  verifiesAnywhere: boolean
  /** Codes and statuses of its own for whatever it refuses. */
  hasOwnCodes: boolean
  /** An unknown department has no members. */
  knowsEveryDepartment: boolean
  /** An unknown task is answered with success and nothing. */
  knowsEveryTask: boolean
  /** Rows are looked at when they are provisioned, not when they are handed in. */
  checksRowsLater: boolean
  /** Every third person has no mobile number. */
  someHaveNoPhone: boolean
  /** A name is found as a whole only. */
  findsWholeNames: boolean
  /** Writes surnames first, and searches names from their beginning. */
  findsBeginnings: boolean
  /** The list of users as Table 3 has it: data, and no total; codes as texts. */
  keepsToTables: boolean
  /** What the caller's people do in two departments is listed twice. */
  listsMembershipsTwice: boolean
  /** Answers what it cannot understand with 500. */
  answers500: boolean
  /** Ids of rows are those of their task. */
  numbersRowsByTask: boolean
  /** Trace ids of other lengths than 58 bits, seven characters, are refused. */
  countsTraceBits: boolean
  /** An empty text where one is optional is a bad parameter. */
  refusesEmpty: boolean
  /** Takes the token in each operation as the page of the operation prints it. */
  spellsTokensByPage: boolean
  /** Spaces of whoever has one. */
  spacesEach: number
  /** Sorts lists in Chinese the other way round. */
  sortsByLanguage: boolean
  /** Nobody signed up by a mobile number, or the list tells nobody which. */
  hidesNumbers: boolean
  /** An offset behind the end is a bad parameter. */
  refusesBeyondTheEnd: boolean
  /** A batch with two rows of one phone is a bad parameter. */
  refusesEqualRows: boolean
  /** The list of spaces masks numbers without their country. */
  masksShortly: boolean
  /** Every page of rows that is full names a next one. */
  goesOnAfterFullPages: boolean
  /** A phone that exists is skipped before its row is looked at. */
  looksForPhonesFirst: boolean
  /** The management operations with manners of their own; without them there are none. */
  office: Partial<OfficeManners> | undefined
  /** Somebody leaves with every fifth request. */
  shrinks: boolean
  /** Lists in an order of their own each time. */
  shuffles: boolean
  /** Requests after which the token is no longer taken; 0 is never. */
  tokenLasts: number
  /** Takes any signature for right. */
  letsAnySignatureIn: boolean
  /** Whatever is refused is refused alike. */
  refusesAlike: readonly [status: number, code: number] | undefined
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
  departments: 'apart',
  staff: 57,
  clockMs: 0,
  slowMs: 0,
  gateway: 'none',
  isTalkative: false,
  speaksEnglishOnly: false,
  signsAbsentHeaders: false,
  knowsEveryCaller: false,
  clamps: false,
  givesAnySize: false,
  createsDepartments: false,
  verifiesAllOrNothing: false,
  verifiesAnywhere: false,
  hasOwnCodes: false,
  knowsEveryDepartment: false,
  knowsEveryTask: false,
  checksRowsLater: false,
  someHaveNoPhone: false,
  findsWholeNames: false,
  findsBeginnings: false,
  keepsToTables: false,
  listsMembershipsTwice: false,
  answers500: false,
  numbersRowsByTask: false,
  countsTraceBits: false,
  refusesEmpty: false,
  spellsTokensByPage: false,
  spacesEach: 1,
  sortsByLanguage: false,
  hidesNumbers: false,
  refusesBeyondTheEnd: false,
  refusesEqualRows: false,
  masksShortly: false,
  goesOnAfterFullPages: false,
  looksForPhonesFirst: false,
  office: undefined,
  shrinks: false,
  shuffles: false,
  tokenLasts: 0,
  letsAnySignatureIn: false,
  refusesAlike: undefined,
}

/** Ids and names of three departments, one below the other. */
const layouts: Readonly<Record<Manners['departments'], readonly (readonly [id: string, name: string])[]>> = {
  apart: [
    ['8800000000000000017', 'Head office'],
    ['8800000000000000123', 'West'],
    ['8800000000000004567', 'Lab'],
  ],
  consecutive: [
    ['1575416580416769793', 'Head office'],
    ['1575416580416769794', 'West'],
    ['1575416580416769795', 'Lab'],
  ],
  short: [
    ['1', 'Head office'],
    ['2', 'West'],
    ['3', 'Lab'],
  ],
  one: [['8800000000000000017', 'Head office']],
  namesakes: [
    ['8800000000000000017', 'Office'],
    ['8800000000000000123', 'Office'],
    ['8800000000000004567', 'Office'],
  ],
  'empty-root': [
    ['8800000000000000017', 'Head office'],
    ['8800000000000000123', 'West'],
    ['8800000000000004567', 'Lab'],
  ],
}

export function createOrganisation(manners: Manners) {
  const units: Unit[] = []
  for (const [id, name] of layouts[manners.departments]) units.push({ id, name, up: units.at(-1) })
  const [head, west = head, lab = west] = units as [Unit, Unit?, Unit?]
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
  const isRootEmpty = manners.departments === 'empty-root'
  hire('Zoë Quartermain', '00491700000001', isRootEmpty ? west : head, 2, '0').userId = account.userId
  const names = ['Ilse', 'Jörg', 'Kwame', 'Lucía', 'Mei', 'Noor', 'Oskar', 'Priya']
  for (let n = 0; n < manners.staff; n += 1) {
    const dept = (isRootEmpty ? [west, lab] : [head, west, lab])[n % (isRootEmpty ? 2 : 3)] ?? head
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
    units,
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
      const base = { id: world.manners.numbersRowsByTask ? job.id : `${job.id}-${job.done.length + 1}`, phone }
      if (bad && !(owner && world.manners.looksForPhonesFirst))
        job.done.push({ ...base, code: '13000102', reason: 'That cannot be an address.' })
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
