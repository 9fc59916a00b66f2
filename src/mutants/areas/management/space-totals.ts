import type { Mutation } from '../../../server/mutation.ts'
import { documented, example, inferred } from '../../../spec/evidence.ts'
import { getQuotaUsed } from '../../../spec/operations/get-quota-used.ts'
import { getSpaceAllocation } from '../../../spec/operations/get-space-allocation.ts'
import { listDepartmentSpaces } from '../../../spec/operations/list-department-spaces.ts'
import type { Definition, MutantArea } from '../../mutant.ts'
import { changeBody, changeData, changeQuery, changeResult, ignoreParameter, kebab, type Loose } from '../../seams.ts'

/** Changes the rows of listDepartmentSpaces. */
const changeDepartments = (change: (rows: Loose[]) => unknown[]): Mutation =>
  changeBody(listDepartmentSpaces, (body) => ({ ...body, departments: change(body['departments'] as Loose[]) }))
/** Changes a field in the rows that have it. */
const eachField = (name: string, change: (value: unknown) => unknown): Mutation =>
  changeDepartments((rows) =>
    rows.map((row) => (row[name] === undefined ? row : { ...row, [name]: change(row[name]) })),
  )
const changeAllocation = (change: (rows: Loose[]) => unknown[]): Mutation =>
  changeBody(getSpaceAllocation, (body) => ({ ...body, data: change(body['data'] as Loose[]) }))

const offset = documented('listDepartmentSpaces', 'query parameters, offset')
const limit = documented('listDepartmentSpaces', 'query parameters, limit')
const anyType = inferred(
  'The answer table of GetSpaceAllocation lists type; no page says that each comes once, and no other',
)
const total = example('listDepartmentSpaces', 'example, total beside a page of ten')
const word = documented('listDepartmentSpaces', 'query parameters, keyWord')
const shownSpace = example('listDepartmentSpaces', 'example; the table of 2025 has no space')
const GB_IN_KB = 1_048_576

const sum = (name: string): Definition => [
  `${kebab(name)}-off`,
  `${name} is not the sum of its parts`,
  example('getQuotaUsed', `example, ${name}`),
  changeData(getQuotaUsed, (data) => ({ [name]: Number(data[name]) + 1 })),
]

/** What lists and sums of spaces can get wrong. */
export const spaceTotalDefinitions: Readonly<Partial<Record<MutantArea, readonly Definition[]>>> = {
  'list-department-spaces': [
    [
      'limit-plus-one',
      'a page has one department more than limit says',
      limit,
      changeQuery(listDepartmentSpaces, (query) => ({ ...query, limit: String(Number(query.limit) + 1) })),
    ],
    [
      'offset-ignored',
      'every page is the first',
      offset,
      changeQuery(listDepartmentSpaces, (query) => ({ ...query, offset: '0' })),
    ],
    [
      'offset-plus-one',
      'a page begins one department too late',
      offset,
      changeQuery(listDepartmentSpaces, (query) => ({
        ...query,
        offset: query.offset === '0' ? '0' : String(Number(query.offset) + 1),
      })),
    ],
    [
      'record-repeated',
      'the first department of a page comes twice',
      limit,
      changeDepartments((rows) => (rows.length > 1 ? [rows[0], ...rows.slice(0, -1)] : rows)),
    ],
    [
      'total-of-page',
      'total is the number of departments of the page',
      total,
      changeBody(listDepartmentSpaces, (body) => ({ ...body, total: (body['departments'] as unknown[]).length })),
    ],
    [
      'total-plus-one',
      'total is one too many',
      total,
      changeBody(listDepartmentSpaces, (body) => ({ ...body, total: Number(body['total']) + 1 })),
    ],
    [
      'keyword-ignored',
      'keyWord selects nobody and drops nobody',
      word,
      ignoreParameter(listDepartmentSpaces, 'keyWord'),
    ],
    [
      'keyword-finds-nothing',
      'keyWord finds no department',
      word,
      changeQuery(listDepartmentSpaces, (query) =>
        query.keyWord === undefined ? query : { ...query, keyWord: `${query.keyWord}x` },
      ),
    ],
    [
      'new-left-out',
      'departments that were created are not listed',
      documented('listDepartmentSpaces', 'table departmentSpaceInfo'),
      changeDepartments((rows) => rows.filter(({ name }) => !String(name).startsWith('kdc'))),
    ],
    [
      'container-of-another',
      'containerId is another one',
      shownSpace,
      eachField('containerId', (id) => `${String(id).slice(0, -1)}0`),
    ],
    [
      'status-inverted',
      'a disabled space is shown as one in use',
      shownSpace,
      eachField('status', (status) => 1 - Number(status)),
    ],
    [
      'capacity-in-kb',
      'capacity is given in KB',
      shownSpace,
      eachField('capacity', (capacity) => Number(capacity) * GB_IN_KB),
    ],
  ],
  'get-space-allocation': [
    ['type-repeated', 'a type is listed twice', anyType, changeAllocation((rows) => [...rows, ...rows.slice(0, 1)])],
    [
      'type-unknown',
      'there is a type 9',
      anyType,
      changeAllocation((rows) => rows.map((row) => (row['type'] === 2 ? { ...row, type: 9 } : row))),
    ],
    [
      'in-kb',
      'allocated capacity is given in KB',
      inferred('Both pages count GB by type; none says that they agree'),
      changeAllocation((rows) =>
        rows.map((row) => ({ ...row, allocateCapacity: Number(row['allocateCapacity']) * GB_IN_KB })),
      ),
    ],
    [
      'never-changes',
      'spaces that are created do not count',
      inferred('The answer table says allocated; others may create and delete spaces at the same time'),
      () => {
        let before: unknown
        return changeResult(getSpaceAllocation, (data) => {
          before ??= data
          return before as typeof data
        })
      },
    ],
  ],
  'get-quota-used': [
    ...['spaceUsed', 'spaceQuotaUsed', 'spaceCapacity'].map(sum),
    [
      'users-beyond',
      'more users than there may be are shown',
      inferred('The names of the fields say so; no page does'),
      changeData(getQuotaUsed, ({ userCount }) => ({ userMaxCount: Number(userCount) - 1 })),
    ],
  ],
}
