import type { Mutation } from '../../../server/mutation.ts'
import { documented, example } from '../../../spec/evidence.ts'
import { createDepartment } from '../../../spec/operations/create-department.ts'
import { deleteDepartment } from '../../../spec/operations/delete-department.ts'
import { getDepartment } from '../../../spec/operations/get-department.ts'
import { listDepartments } from '../../../spec/operations/list-departments.ts'
import { updateDepartment } from '../../../spec/operations/update-department.ts'
import type { Definition, MutantArea } from '../../mutant.ts'
import {
  answerInstead,
  changeBody,
  changeFields,
  changeRequestBody,
  changeResult,
  doNothing,
  ignoreParameter,
  type Loose,
  remember,
  together,
} from '../../seams.ts'

/** Changes the departments that listDepartments shows. */
const listed = (change: (rows: Loose[], body: Loose) => unknown[]): Mutation =>
  changeBody(listDepartments, (body) => ({ ...body, list: change(body['list'] as Loose[], body) }))

const below = documented('listDepartments', 'query parameters, departmentId')
const keyWord = documented('listDepartments', 'query parameters, keyWord')
const department = documented('getDepartment', 'answer table')
const asked = documented('createDepartment', 'request table, name and parentId')
const parent = documented('updateDepartment', 'request table, parentId')
const gone = documented('deleteDepartment', 'page')

/** What the areas of departments can get wrong. */
export const departmentDefinitions: Readonly<Partial<Record<MutantArea, readonly Definition[]>>> = {
  'list-departments': [
    [
      'department-ignored',
      'the list begins at the root, whatever departmentId says',
      below,
      ignoreParameter(listDepartments, 'departmentId'),
    ],
    [
      'whole-tree',
      'departments of all levels are listed',
      below,
      changeResult(listDepartments, ({ list }, { query, state }) => {
        if (query.departmentId === undefined) return { list }
        const [first] = list
        return {
          list: first === undefined ? list : [...list, { ...first, id: state.directory.root.id, parentId: first.id }],
        }
      }),
    ],
    [
      'start-mixed',
      'without departmentId the root and those below it are listed',
      below,
      changeResult(listDepartments, ({ list }, { query, state: { directory } }) => {
        const [start] = list
        if (query.departmentId !== undefined || start === undefined) return { list }
        const { root } = directory
        return {
          list: [...list, ...root.children.map(({ id, name }) => ({ ...start, id, name, parentId: root.id }))],
        }
      }),
    ],
    [
      'keyword-ignored',
      'keyWord selects nobody and drops nobody',
      keyWord,
      ignoreParameter(listDepartments, 'keyWord'),
    ],
    [
      'keyword-finds-nothing',
      'keyWord finds no department',
      keyWord,
      changeResult(listDepartments, ({ list }, { query }) => ({ list: query.keyWord === undefined ? list : [] })),
    ],
    [
      'record-repeated',
      'the first department comes twice',
      below,
      listed(([first, ...rest]) => (first === undefined ? [] : [first, first, ...rest])),
    ],
    [
      'parent-is-itself',
      'parentId of a department is its own id',
      documented('listDepartments', 'answer table, parentId'),
      listed((rows) => rows.map((row) => (row['parentId'] === '0' ? row : { ...row, parentId: row['id'] }))),
    ],
    [
      'new-left-out',
      'departments that were created are not listed',
      documented('listDepartments', 'answer table'),
      listed((rows) => rows.filter(({ name }) => !String(name).startsWith('kdc'))),
    ],
  ],
  'get-department': [
    [
      'parent-in-place',
      'the parent of the department is shown',
      department,
      changeFields(getDepartment, (_, { state: { directory } }) => {
        const { id, name } = directory.root
        return { id, name }
      }),
    ],
    [
      'ids-swapped',
      'id and deptId stand for each other',
      department,
      changeFields(getDepartment, ({ id, deptId }) => ({ id: deptId, deptId: id })),
    ],
    [
      'name-of-another',
      'the name is that of the root department',
      department,
      changeFields(getDepartment, (_, { state }) => ({ name: state.directory.root.name })),
    ],
    [
      'parent-itself',
      'parentId is the id of the department',
      department,
      changeFields(getDepartment, ({ id }) => ({ parentId: id })),
    ],
  ],
  'create-department': [
    [
      'not-done',
      'a department is promised and not created',
      documented('createDepartment', 'request table'),
      answerInstead(createDepartment, () => ({ data: { id: '1929836199569006208' } })),
    ],
    [
      'parent-ignored',
      'every department is created below the root',
      asked,
      changeRequestBody(createDepartment, (body, { state }) => ({ ...body, parentId: state.directory.root.id })),
    ],
    [
      'name-cut',
      'names are cut to ten characters',
      asked,
      changeRequestBody(createDepartment, (body) => ({
        ...body,
        name: `${String(body['name']).slice(0, 9)}${String(body['name']).slice(-1)}`,
      })),
    ],
    [
      'id-of-parent',
      'the id is that of the parent',
      example('createDepartment', 'table DeptData, id'),
      changeResult(createDepartment, (_, { body: { parentId } }) => ({ data: { id: parentId } })),
    ],
  ],
  'update-department': [
    ['not-done', 'nothing is changed', documented('updateDepartment', 'request table'), doNothing(updateDepartment)],
    [
      'name-ignored',
      'the name stays',
      documented('updateDepartment', 'request table, name'),
      changeRequestBody(updateDepartment, (body, { params, state }) => ({
        ...body,
        name: state.directory.departments.find(params.department_id)?.name ?? body['name'],
      })),
    ],
    [
      'parent-ignored',
      'the department stays where it is',
      parent,
      changeRequestBody(updateDepartment, (body, { params, state }) => ({
        ...body,
        parentId: state.directory.departments.find(params.department_id)?.parent?.id ?? body['parentId'],
      })),
    ],
    [
      'moves-to-root',
      'the department is moved below the root, whichever parent is asked for',
      parent,
      changeRequestBody(updateDepartment, (body, { state }) => ({ ...body, parentId: state.directory.root.id })),
    ],
    [
      'new-id',
      'a department that has moved shows another deptId',
      documented('updateDepartment', 'page'),
      () => {
        let moves = 0
        return together(
          changeResult(updateDepartment, (data) => {
            moves += 1
            return data
          }),
          changeFields(getDepartment, ({ deptId }) => ({
            deptId: moves === 0 ? deptId : `${moves}${deptId.slice(1)}`,
          })),
        )
      },
    ],
  ],
  'delete-department': [
    ['not-done', 'the department stays', gone, doNothing(deleteDepartment)],
    ['still-shown', 'a deleted department is shown as before', gone, () => remember(getDepartment)],
    [
      'still-listed',
      'a deleted department stays in the list',
      gone,
      () => {
        const seen = new Map<string, Loose[]>()
        return changeResult(listDepartments, ({ list }, { query: { departmentId = '' } }) => {
          const before = seen.get(departmentId) ?? []
          const rows = list as unknown as Loose[]
          const kept = [...rows, ...before.filter(({ id }) => !rows.some((row) => row['id'] === id))]
          seen.set(departmentId, kept)
          return { list: kept }
        })
      },
    ],
    [
      'takes-others-along',
      'with a department those beside it are gone from the list',
      documented('deleteDepartment', 'path parameter'),
      () => {
        let deleted = 0
        return together(
          changeResult(deleteDepartment, (data) => {
            deleted += 1
            return data
          }),
          changeResult(listDepartments, (data) => (deleted > 0 ? { list: [] } : data)),
        )
      },
    ],
  ],
}
