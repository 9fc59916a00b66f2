import type { Mutation } from '../../../server/mutation.ts'
import { documented, example, inferred } from '../../../spec/evidence.ts'
import { createSpace } from '../../../spec/operations/create-space.ts'
import { deleteSpace } from '../../../spec/operations/delete-space.ts'
import { getQuotaUsed } from '../../../spec/operations/get-quota-used.ts'
import { getSpace } from '../../../spec/operations/get-space.ts'
import { getSpaceAllocation } from '../../../spec/operations/get-space-allocation.ts'
import { listDepartmentSpaces } from '../../../spec/operations/list-department-spaces.ts'
import { updateSpace } from '../../../spec/operations/update-space.ts'
import type { Definition, MutantArea } from '../../mutant.ts'
import { found, type Loose, queried, said, without } from '../../seams.ts'
import { bodied, idle, instead, remembering } from './seams.ts'

/** Changes the rows of listDepartmentSpaces. */
const rowsSaid = (change: (rows: Loose[]) => unknown[]): Mutation =>
  said(listDepartmentSpaces, (body) => ({ ...body, departments: change(body['departments'] as Loose[]) }))
const eachRow = (change: (row: Loose) => Loose): Mutation => rowsSaid((rows) => rows.map(change))
/** Changes the fields under data. */
const dataSaid = (
  operation: typeof getSpace | typeof createSpace | typeof getQuotaUsed,
  change: (data: Loose) => Loose,
) => said(operation, (body) => ({ ...body, data: change(body['data'] as Loose) }))
const allocationSaid = (change: (rows: Loose[]) => unknown[]): Mutation =>
  said(getSpaceAllocation, (body) => ({ ...body, data: change(body['data'] as Loose[]) }))

const space = documented('getSpace', 'answer table')
const capacity = documented('updateSpace', 'request table, capacity')
const status = documented('updateSpace', 'request table, status')
const offset = documented('listDepartmentSpaces', 'query parameters, offset')
const limit = documented('listDepartmentSpaces', 'query parameters, limit')
const total = documented('listDepartmentSpaces', 'answer table, total')
const word = documented('listDepartmentSpaces', 'query parameters, keyWord')
const shownSpace = example('listDepartmentSpaces', 'example; the table of 2025 has no space')
const GB_IN_KB = 1_048_576

const sum = (name: string): Definition => [
  `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}-off`,
  `${name} is not the sum of its parts`,
  example('getQuotaUsed', `example, ${name}`),
  () => dataSaid(getQuotaUsed, (data) => ({ ...data, [name]: Number(data[name]) + 1 })),
]

/** What the areas of spaces can get wrong. */
export const spaceDefinitions: Readonly<Partial<Record<MutantArea, readonly Definition[]>>> = {
  'get-space': [
    [
      'another-type',
      'type is that of a department',
      documented('getSpace', 'query parameters, type'),
      () => dataSaid(getSpace, (data) => ({ ...data, type: data['type'] === '1' ? '0' : '1' })),
    ],
    [
      'capacity-in-kb',
      'capacity is given in KB',
      space,
      () => dataSaid(getSpace, (data) => ({ ...data, capacity: String(Number(data['capacity']) * GB_IN_KB) })),
    ],
    [
      'status-inverted',
      'a space in use is shown as disabled',
      space,
      () => dataSaid(getSpace, (data) => ({ ...data, status: data['status'] === '0' ? '1' : '0' })),
    ],
    [
      'container-of-another',
      'containerId is another one',
      space,
      () => dataSaid(getSpace, (data) => ({ ...data, containerId: `${String(data['containerId']).slice(0, -1)}0` })),
    ],
  ],
  'create-space': [
    [
      'not-done',
      'a space is promised and not created',
      documented('createSpace', 'request table'),
      () =>
        instead(createSpace, ({ params: { ownerId }, body }) => ({
          data: {
            ...createSpace.examples.reference.response.data,
            ownerId,
            type: Number(body.type),
            capacity: Number(body.capacity),
          },
        })),
    ],
    [
      'capacity-ignored',
      'every space has 5 GB',
      documented('createSpace', 'request table'),
      () => bodied(createSpace, (body) => ({ ...body, capacity: 5 })),
    ],
    [
      'type-wrong',
      'the answer shows another type',
      documented('createSpace', 'table createSpaceRspInfo'),
      () => dataSaid(createSpace, (data) => ({ ...data, type: 1 - Number(data['type']) })),
    ],
    [
      'owner-wrong',
      'the answer shows another owner',
      documented('createSpace', 'table createSpaceRspInfo'),
      () => dataSaid(createSpace, (data) => ({ ...data, ownerId: data['creator'] })),
    ],
    [
      'disabled',
      'the answer shows a disabled space',
      documented('createSpace', 'table createSpaceRspInfo'),
      () => dataSaid(createSpace, (data) => ({ ...data, status: 1 })),
    ],
  ],
  'update-space': [
    ['not-done', 'nothing is changed', documented('updateSpace', 'request table'), () => idle(updateSpace)],
    [
      'capacity-ignored',
      'the capacity stays',
      capacity,
      () => bodied(updateSpace, (body) => without(body, 'capacity')),
    ],
    [
      'capacity-added',
      'the capacity is added to what there is',
      capacity,
      () =>
        bodied(updateSpace, (body) =>
          body['capacity'] === undefined ? body : { ...body, capacity: Number(body['capacity']) + 1 },
        ),
    ],
    ['status-ignored', 'the status stays', status, () => bodied(updateSpace, (body) => without(body, 'status'))],
    [
      'status-inverted',
      'a space that is to be disabled is enabled',
      status,
      () =>
        bodied(updateSpace, (body) =>
          body['status'] === undefined ? body : { ...body, status: 1 - Number(body['status']) },
        ),
    ],
    [
      'status-resizes',
      'a new status sets the capacity to 1 GB',
      status,
      () => bodied(updateSpace, (body) => (body['status'] === undefined ? body : { ...body, capacity: 1 })),
    ],
    [
      'resizing-disables',
      'a new capacity disables the space',
      capacity,
      () => bodied(updateSpace, (body) => (body['capacity'] === undefined ? body : { ...body, status: 1 })),
    ],
  ],
  'delete-space': [
    ['not-done', 'the space stays', documented('deleteSpace', 'page'), () => idle(deleteSpace)],
    [
      'still-shown',
      'a deleted space is shown as before',
      documented('deleteSpace', 'page'),
      () => remembering(getSpace),
    ],
    [
      'departments-left-out',
      'only spaces of users are deleted',
      documented('deleteSpace', 'query parameters, type'),
      () => {
        const { handler: nothing } = idle(deleteSpace)
        return {
          handler: (handler) => {
            if (handler.operation.operationId !== deleteSpace.operationId) return handler
            const still = nothing?.(handler) ?? handler
            return {
              ...handler,
              handle: (context) =>
                ((context.query as unknown as Loose)['type'] === '0' ? still : handler).handle(context),
            }
          },
        }
      },
    ],
  ],
  'list-department-spaces': [
    [
      'limit-plus-one',
      'a page has one department more than limit says',
      limit,
      () => queried(listDepartmentSpaces, (query) => ({ ...query, limit: String(Number(query.limit) + 1) })),
    ],
    [
      'offset-ignored',
      'every page is the first',
      offset,
      () => queried(listDepartmentSpaces, (query) => ({ ...query, offset: '0' })),
    ],
    [
      'offset-plus-one',
      'a page begins one department too late',
      offset,
      () =>
        queried(listDepartmentSpaces, (query) => ({
          ...query,
          offset: query.offset === '0' ? '0' : String(Number(query.offset) + 1),
        })),
    ],
    [
      'record-repeated',
      'the first department of a page comes twice',
      limit,
      () => rowsSaid((rows) => (rows.length > 1 ? [rows[0], ...rows.slice(0, -1)] : rows)),
    ],
    [
      'total-of-page',
      'total is the number of departments of the page',
      total,
      () => said(listDepartmentSpaces, (body) => ({ ...body, total: (body['departments'] as unknown[]).length })),
    ],
    [
      'total-plus-one',
      'total is one too many',
      total,
      () => said(listDepartmentSpaces, (body) => ({ ...body, total: Number(body['total']) + 1 })),
    ],
    [
      'keyword-ignored',
      'keyWord selects nobody and drops nobody',
      word,
      () => queried(listDepartmentSpaces, (query) => without(query, 'keyWord')),
    ],
    [
      'keyword-finds-nothing',
      'keyWord finds no department',
      word,
      () =>
        queried(listDepartmentSpaces, (query) =>
          query.keyWord === undefined ? query : { ...query, keyWord: `${query.keyWord}x` },
        ),
    ],
    [
      'new-left-out',
      'departments that were created are not listed',
      documented('listDepartmentSpaces', 'table departmentSpaceInfo'),
      () => rowsSaid((rows) => rows.filter(({ name }) => !String(name).startsWith('kdc'))),
    ],
    [
      'container-of-another',
      'containerId is another one',
      shownSpace,
      () =>
        eachRow((row) =>
          row['containerId'] === undefined
            ? row
            : { ...row, containerId: `${String(row['containerId']).slice(0, -1)}0` },
        ),
    ],
    [
      'status-inverted',
      'a disabled space is shown as one in use',
      shownSpace,
      () => eachRow((row) => (row['status'] === undefined ? row : { ...row, status: 1 - Number(row['status']) })),
    ],
    [
      'capacity-in-kb',
      'capacity is given in KB',
      shownSpace,
      () =>
        eachRow((row) =>
          row['capacity'] === undefined ? row : { ...row, capacity: Number(row['capacity']) * GB_IN_KB },
        ),
    ],
  ],
  'get-space-allocation': [
    [
      'type-repeated',
      'a type is told of twice',
      documented('getSpaceAllocation', 'answer table, type'),
      () => allocationSaid((rows) => [...rows, ...rows.slice(0, 1)]),
    ],
    [
      'type-unknown',
      'there is a type 9',
      documented('getSpaceAllocation', 'answer table, type'),
      () => allocationSaid((rows) => rows.map((row) => (row['type'] === 2 ? { ...row, type: 9 } : row))),
    ],
    [
      'in-kb',
      'allocated capacity is given in KB',
      inferred('Both pages count GB by type; none says that they agree'),
      () =>
        allocationSaid((rows) =>
          rows.map((row) => ({ ...row, allocateCapacity: Number(row['allocateCapacity']) * GB_IN_KB })),
        ),
    ],
    [
      'never-changes',
      'spaces that are created do not count',
      inferred('The answer table says allocated; others may create and delete spaces at the same time'),
      () => {
        let before: unknown
        return found(getSpaceAllocation, (data) => {
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
      () => dataSaid(getQuotaUsed, (data) => ({ ...data, userMaxCount: Number(data['userCount']) - 1 })),
    ],
  ],
}
