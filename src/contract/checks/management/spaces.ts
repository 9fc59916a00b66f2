import { documented, example, inferred } from '../../../spec/evidence.ts'
import { createSpace } from '../../../spec/operations/create-space.ts'
import { deleteSpace } from '../../../spec/operations/delete-space.ts'
import { getQuotaUsed } from '../../../spec/operations/get-quota-used.ts'
import { getSpace } from '../../../spec/operations/get-space.ts'
import { getSpaceAllocation } from '../../../spec/operations/get-space-allocation.ts'
import { updateSpace } from '../../../spec/operations/update-space.ts'
import { asks, type Check } from '../../check.ts'
import type { Exchange } from '../../exchange.ts'
import { recordsIn } from '../../judge.ts'
import { fail, skip } from '../../outcome.ts'
import { firstSpaces, type Row } from '../../probes/lists.ts'
import { answerOf, dataOf } from '../../probes/management/call.ts'
import { departmentListed, first } from '../../probes/management/departments.ts'
import { teamSpaceEnd, userSpaceEnd } from '../../probes/management/removal.ts'
import {
  allocation,
  allocationThen,
  quota,
  SIZE,
  spaceListed,
  teamSpace,
  userSpace,
} from '../../probes/management/spaces.ts'
import { listedUser, one } from '../../probes/management/users.ts'
import { alike, defineRules, holds, isGone, isThere } from './rule.ts'

const spaceIn = (exchange: Exchange): Row => dataOf(exchange, getSpace)
const perType = (exchange: Exchange): Row[] => recordsIn(answerOf(exchange, getSpaceAllocation)['data'])

/** Sums that the example of GetQuotaUsed keeps to. */
const SUMS = {
  used: ['spaceUsed', ['deptSpaceUsed', 'personalSpaceUsed', 'groupSpaceUsed']],
  allocated: ['spaceQuotaUsed', ['deptSpaceQuotaUsed', 'personalSpaceQuotaUsed', 'groupSpaceQuotaUsed']],
  capacity: ['spaceCapacity', ['deptSpaceQuota', 'personalSpaceQuota', 'groupSpaceQuota', 'reservedSpaceQuota']],
} as const

/** Both kinds of spaces, with who owns them. */
const lives = [
  ['1', one, userSpace, userSpaceEnd],
  ['0', first, teamSpace, teamSpaceEnd],
] as const

/** The quota fields of a type of space. GetQuotaUsed, answer table. */
const NAMES = ['dept', 'personal', 'group'] as const

export const spaceChecks: readonly Check[] = defineRules([
  {
    operation: getSpace,
    name: 'as-listed',
    title: 'show the space that listUserSpaces shows for the user',
    from: documented('getSpace', 'answer table; Listing User Spaces, Table 4'),
    why: 'A space of somebody else, or of another size, is resized or deleted by mistake.',
    uses: [listedUser, spaceListed, firstSpaces],
    async run({ get }) {
      const exchange = await get(spaceListed)
      const { space = skip('no listed user has a listed space') } = await get(listedUser)
      const names = ['containerId', 'capacity', 'tenantId', ['status', 'spaceStatus']] as const
      alike('this space', [spaceIn(exchange), exchange], [space, await get(firstSpaces)], names)
    },
  },
  {
    operation: getSpace,
    name: 'type',
    title: 'answer a space of the type that was asked for',
    from: documented('getSpace', 'query parameters, type; answer table, type'),
    why: 'The space of a department in place of that of a user has other files.',
    ...asks([spaceListed], ([exchange]) => {
      holds(exchange, spaceIn(exchange), 'type', 1)
    }),
  },
  {
    operation: createSpace,
    name: 'is-there',
    title: 'create a space of the size, type and owner that were asked for',
    from: documented('createSpace', 'request table; table createSpaceRspInfo'),
    why: 'A space of another size costs money, or is full on the first day.',
    uses: lives.flatMap(([, owner, life]) => [owner, life.create, life.created]),
    async run({ get }) {
      await each(lives, async ([type, owner, life]) => {
        const made = await get(life.create)
        const data = dataOf(made, createSpace)
        holds(made, data, 'ownerId', await get(owner))
        holds(made, data, 'type', type)
        holds(made, data, 'capacity', SIZE.before)
        const exchange = await get(life.created)
        await isThere({ get }, exchange, getSpace)
        holds(exchange, spaceIn(exchange), 'capacity', SIZE.before)
        alike(
          'the new space',
          [spaceIn(exchange), exchange],
          [data, made],
          ['ownerId', 'containerId', 'type', 'status'],
        )
      })
    },
  },
  {
    operation: updateSpace,
    name: 'resizes',
    title: 'give the space the capacity that was asked for, and leave the rest',
    from: documented('updateSpace', 'request table, capacity'),
    why: 'A space that stays small stops an upload although it was paid for.',
    uses: lives.flatMap(([, , life]) => [life.created, life.resized]),
    async run({ get }) {
      await each(lives, async ([, , life]) => {
        const [before, exchange] = [await get(life.created), await get(life.resized)]
        holds(exchange, spaceIn(exchange), 'capacity', SIZE.after)
        const names = ['status', 'containerId', 'ownerId']
        alike('the resized space', [spaceIn(exchange), exchange], [spaceIn(before), before], names)
      })
    },
  },
  {
    operation: updateSpace,
    name: 'disables',
    title: 'set the status that was asked for, and back, and leave the rest',
    from: documented('updateSpace', 'request table, status'),
    why: 'A disabled space that is open lets files out.',
    uses: lives.flatMap(([, , life]) => [life.resized, life.disabled, life.enabled]),
    async run({ get }) {
      await each(lives, async ([, , life]) => {
        const [before, off, on] = [await get(life.resized), await get(life.disabled), await get(life.enabled)]
        holds(off, spaceIn(off), 'status', 1)
        holds(on, spaceIn(on), 'status', 0)
        alike('the disabled space', [spaceIn(off), off], [spaceIn(before), before], ['capacity', 'containerId'])
      })
    },
  },
  {
    operation: deleteSpace,
    name: 'is-gone',
    title: 'delete the space of the owner and type that were named',
    from: documented('deleteSpace', 'page; query parameters, type'),
    why: 'What was to be deleted and is not is found by the next owner.',
    uses: lives.flatMap(([, owner, , end]) => [owner, end.gone]),
    async run({ get }) {
      await each(lives, async ([, owner, , end]) => isGone(await get(end.gone), 'a deleted space', await get(owner)))
    },
  },
  {
    operation: getSpaceAllocation,
    name: 'types',
    title: 'tell of types 0 to 2, each once, as a list or of one as an object',
    from: inferred(
      'The answer table of GetSpaceAllocation lists type; no page says that each comes once, and no other',
    ),
    why: 'A type that is listed twice is added up twice.',
    readings: ['allocation-form'],
    ...asks([allocation], ([exchange], { learn }) => {
      const types = perType(exchange).map(({ type }) => Number(type))
      const odd = types.find((type) => ![0, 1, 2].includes(type))
      if (odd !== undefined) fail('types 0, 1 and 2', `type ${odd}`, exchange)
      if (new Set(types).size < types.length) fail('each type once', types.join(', '), exchange)
      const { data } = exchange.response.json as Row
      learn('allocation-form', Array.isArray(data) ? 'list' : 'object')
    }),
  },
  {
    operation: getSpaceAllocation,
    name: 'as-quota',
    title: 'agree with getQuotaUsed',
    from: inferred('Both count GB by type; no page says that they are the same'),
    why: 'Two pages with two numbers: one of them is wrong.',
    ...asks([allocation, quota], ([exchange, other]) => {
      const used = dataOf(other, getQuotaUsed)
      for (const row of perType(exchange)) {
        const name = NAMES[Number(row['type']) as 0 | 1 | 2]
        const pairs = [
          ['allocateCapacity', `${name}SpaceQuotaUsed`],
          ['totalCapacity', `${name}SpaceQuota`],
        ] as const
        alike(`spaces of type ${String(row['type'])}`, [row, exchange], [used, other], pairs)
      }
    }),
  },
  {
    operation: getSpaceAllocation,
    name: 'follows-spaces',
    title: 'count the spaces that were created',
    from: inferred('The answer table says allocated; others may create and delete spaces at the same time'),
    why: 'Whoever trusts the number gives away what is not there.',
    uses: [allocation, allocationThen, userSpace.resized, teamSpace.resized],
    async run({ get }) {
      const [before, then] = [await get(allocation), await get(allocationThen)]
      const of = (exchange: Exchange): number =>
        Number(perType(exchange).find(({ type }) => Number(type) === 1)?.['allocateCapacity'])
      if (of(then) === of(before)) fail(`another sum than ${of(before)} GB`, `${of(then)} GB`, before, then)
    },
  },
  ...Object.entries(SUMS).map(([name, [sum, parts]]) => ({
    operation: getQuotaUsed,
    name: `${name}-adds-up`,
    title: `give ${sum} as the sum of ${parts.join(', ')}`,
    from: example('getQuotaUsed', `example, ${sum}`),
    why: 'A chart of parts that are not the whole is reported as a fault.',
    ...asks([quota], ([exchange]) => {
      const data = dataOf(exchange, getQuotaUsed)
      const total = parts.reduce((all, part) => all + Number(data[part]), 0)
      if (Number(data[sum]) !== total) fail(`${sum} ${total}`, `${sum} ${String(data[sum])}`, exchange)
    }),
  })),
  {
    operation: getQuotaUsed,
    name: 'within',
    title: 'show no more users than there may be, nor more allocated than there is',
    from: inferred('The names of the fields say so; no page does'),
    why: 'A quota that is exceeded stops provisioning.',
    uses: [quota, departmentListed],
    async run({ get }) {
      const exchange = await get(quota)
      const data = dataOf(exchange, getQuotaUsed)
      const pairs = [
        ['userCount', 'userMaxCount'],
        ['spaceQuotaUsed', 'spaceCapacity'],
      ] as const
      for (const [part, whole] of pairs) {
        if (Number(data[part]) > Number(data[whole])) {
          fail(`${part} up to ${String(data[whole])}`, String(data[part]), exchange)
        }
      }
    },
  },
])

/** Looks at each; what cannot be judged for one does not keep the others from it. */
async function each<T>(all: readonly T[], look: (one: T) => Promise<void>): Promise<void> {
  let reason: unknown
  let seen = 0
  for (const one of all) {
    try {
      await look(one)
      seen += 1
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'SkipCheck') throw error
      reason = error
    }
  }
  if (seen === 0) throw reason
}
