import { countUsers } from '../../../spec/operations/count-users.ts'
import { maybe } from '../../probe.ts'
import { firstUsers, listProbe, someDepartment, userList, WHOLE } from '../lists.ts'
import { call } from './call.ts'

/** Everybody counted, with the total of the list before and after it. */
export const countAll = call({ id: 'count-users.all', operation: countUsers, uses: [firstUsers], query: {} })
export const countEmpty = call({
  id: 'count-users.empty',
  operation: countUsers,
  after: [countAll],
  query: { deptId: '' },
})
export const countAllAgain = maybe(
  call({ id: 'count-users.all-again', operation: countUsers, after: [countEmpty], query: {} }),
)
export const totalAfter = listProbe(
  userList,
  'total-after',
  async (get) => {
    await get(countAll)
    return { offset: '0', limit: '1' }
  },
  [countAll],
  'offset=0&limit=1',
)
export const countDepartment = call({
  id: 'count-users.department',
  operation: countUsers,
  uses: [someDepartment],
  shown: 'deptId={department}',
  query: async ({ get }) => ({ deptId: (await get(someDepartment)).id }),
})
/** The users of that department and below it. */
export const departmentTree = listProbe(
  userList,
  'department-tree',
  async (get) => ({ ...WHOLE, deptId: (await get(someDepartment)).id }),
  [someDepartment],
  'offset=0&limit=100&deptId={department}',
)

/** Both once more, to tell a fault from users who come and go. */
export const countDepartmentAgain = maybe(
  call({
    id: 'count-users.department-again',
    operation: countUsers,
    uses: [someDepartment],
    after: [departmentTree],
    shown: 'deptId={department}',
    query: async ({ get }) => ({ deptId: (await get(someDepartment)).id }),
  }),
)
export const departmentTreeAgain = maybe(
  listProbe(
    userList,
    'department-tree-again',
    async (get) => {
      await get(countDepartmentAgain)
      return { ...WHOLE, deptId: (await get(someDepartment)).id }
    },
    [someDepartment, countDepartmentAgain],
    'offset=0&limit=100&deptId={department}',
  ),
)
