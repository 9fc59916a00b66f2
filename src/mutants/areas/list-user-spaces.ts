import type { Mutation } from '../../server/mutation.ts'
import { documented, inferred } from '../../spec/evidence.ts'
import { listUserSpaces, userSpaceInfo } from '../../spec/operations/list-user-spaces.ts'
import { changeListQuery, changePage } from '../list-seam.ts'
import { defineMutants } from '../mutant.ts'
import { changeBody, fieldMutants, ignoreParameter, type Loose, leaveOut } from '../seams.ts'
import { listPageMutants } from './list-pages.ts'
import { listRecordMutants } from './list-records.ts'

const answer = documented('listSpaces', 'Table 3')
const space = documented('listSpaces', 'Table 4')
const status = inferred('The page lists no values; those of UpdateSpace (2025-12-12)')
const keyWord = documented('listSpaces', 'Table 1')

const flipped = (spaceStatus: string | undefined) =>
  spaceStatus === undefined ? {} : { spaceStatus: spaceStatus === '0' ? '1' : '0' }

/** Changes some fields of each space. */
const changeEach = (change: (space: Loose) => object): Mutation =>
  changePage(listUserSpaces, (spaces) => spaces.map((space) => ({ ...space, ...change(space) })))

export const listUserSpacesMutants = [
  ...listPageMutants(listUserSpaces, 'list-user-spaces', 'listSpaces'),
  ...listRecordMutants(listUserSpaces, 'list-user-spaces', 'listSpaces'),
  ...defineMutants('list-user-spaces', [
    ...fieldMutants(
      'a space',
      userSpaceInfo(),
      (change) => changePage(listUserSpaces, (spaces) => spaces.map(change)),
      'space-',
    ),
    ['list-missing', 'the answer has no list of spaces', answer, leaveOut(listUserSpaces, 'users')],
    [
      'list-renamed',
      'the spaces stand under the key spaces',
      answer,
      changeBody(listUserSpaces, ({ users: spaces, ...body }) => ({ ...body, spaces })),
    ],
    ['total-missing', 'the answer has no total', answer, leaveOut(listUserSpaces, 'total')],
    [
      'status-ignored',
      'spaceStatus selects nothing and drops nothing',
      status,
      ignoreParameter(listUserSpaces, 'spaceStatus'),
    ],
    [
      'status-inverted',
      'spaceStatus selects the other spaces',
      status,
      changeListQuery(listUserSpaces, (query) => ({
        ...query,
        ...('spaceStatus' in query && flipped(query.spaceStatus)),
      })),
    ],
    ['status-unknown', 'a space has status 9', status, changeEach(() => ({ spaceStatus: '9' }))],
    [
      'capacity-negative',
      'the capacity of a space is negative',
      inferred('Listing User Spaces, Table 4: a Long; no page says that it is positive'),
      changeEach(() => ({ capacity: -1 })),
    ],
    [
      'department-of-another',
      'a space shows the department of the next one',
      space,
      changePage(listUserSpaces, (spaces) =>
        spaces.map((one, at) => ({ ...one, deptName: (spaces[at + 1] ?? one)['deptName'] })),
      ),
    ],
    [
      'user-id-of-another-kind',
      'userId of a space is the id of the space',
      space,
      changeEach(({ id }) => ({ userId: id })),
    ],
    [
      'mobile-not-searched',
      'keyWord is not looked for in the mobile number',
      keyWord,
      changeListQuery(listUserSpaces, (query) =>
        /^\d+$/.test(query.keyWord ?? '') ? { ...query, keyWord: 'nobody at all' } : query,
      ),
    ],
  ]),
]
