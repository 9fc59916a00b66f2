import type { RunFacts } from '../probe.ts'
import { signed } from '../request-spec.ts'
import type { Row } from './lists.ts'
import {
  createProbe,
  hasFailed,
  type SubmittedUser,
  type TaskHistory,
  taskIdOf,
  taskQuestion,
  userOf,
  watchProbe,
} from './tasks.ts'

/**
 * Rows of the task that most checks look at: two new phones, the first one again, one phone in two spellings, a bad
 * e-mail address, a bad password, a phone without digits, and one more new phone at the end.
 */
export const mainRows = {
  first: 0,
  second: 1,
  repeated: 2,
  plus: 3,
  zeros: 4,
  email: 5,
  password: 6,
  noPhone: 7,
  last: 8,
} as const

/** Letters with and without accents, of other scripts: whatever a name may hold. */
export const BEYOND_ASCII = 'Zoë Łukasz 王小明'

/** The users of that task, in the order of their rows. */
const mainUsers = (facts: RunFacts): readonly SubmittedUser[] => [
  userOf(facts, 0),
  userOf(facts, 1),
  userOf(facts, 2, { phone: facts.phone(0) }),
  userOf(facts, 3, { phone: facts.phone(3).replace(/^00/, '+') }),
  userOf(facts, 4, { phone: facts.phone(3) }),
  userOf(facts, 5, { email: 'no-address' }),
  userOf(facts, 6, { password: 'short' }),
  userOf(facts, 7, { phone: `${facts.prefix}-no-digits` }),
  userOf(facts, 8, { firstname: `${facts.prefix}u8 ${BEYOND_ASCII}` }),
]

/** The users that no target can have anything against. */
export const plainRows: readonly number[] = [mainRows.first, mainRows.second, mainRows.last]

export const createMain = createProbe({
  id: 'batch.create',
  note: 'the task that most checks look at',
  users: mainUsers,
  orElse: (facts) => mainUsers(facts).filter((_, at) => plainRows.includes(at)),
})

/**
 * The row of one user of that task, found by its phone, so that a target with an order of its own is judged fairly. Of
 * several rows with one phone, those that went well come first. Undefined when the target shows none.
 */
export function mainRow({ last }: TaskHistory, at: number, facts: RunFacts): Row | undefined {
  const phones = mainUsers(facts).map(({ phone = '' }) => phone)
  const phone = phones[at] ?? ''
  const nth = phones.slice(0, at).filter((other) => other === phone).length
  const found = last.rows.filter((row) => String(row['phone']) === phone)
  return [...found.filter((row) => !hasFailed(row)), ...found.filter(hasFailed)][nth]
}

/** A second task while the first one may well be running: one user of its own. */
export const createTwin = createProbe({
  id: 'batch.create-twin',
  note: 'a second task right after the first',
  uses: [createMain],
  users: (facts) => [userOf(facts, 9)],
  async auth({ get }) {
    await get(createMain)
    return signed
  },
})

export const mainTask = watchProbe('batch.watch', createMain, { after: [createTwin] })

/** The task right after it was created, by its id alone. */
export const taskByIdAlone = taskQuestion('batch.by-id-alone', createMain, taskIdOf)

/** The task once more after its end. */
export const mainTaskAgain = taskQuestion('batch.after-the-end', mainTask, ({ taskId }) => taskId)
