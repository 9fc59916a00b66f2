import { isRecord } from '../shared/json.ts'
import type { OperationId } from '../spec/wire-types.ts'

type Body = Readonly<Record<string, unknown>>

/** The code of an answer as a string, whichever way it is written; undefined when there is none. */
export function codeText({ code }: Body): string | undefined {
  if (typeof code === 'string' && code !== '') return code
  return typeof code === 'number' || typeof code === 'bigint' ? String(code) : undefined
}

/** Digits as a number: the tables print some integers as strings. Anything else stays as it is. */
const toNumber = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value

const toText = (value: unknown): unknown =>
  typeof value === 'number' || typeof value === 'bigint' ? String(value) : value

const orEmpty = (value: unknown): unknown => (value === undefined ? [] : value)

/** How each operation may say the same thing differently: from any listed reading to the default ones. */
const dialects: Readonly<Partial<Record<OperationId, (body: Body) => Record<string, unknown>>>> = {
  queryBatchProvisioning({ data, ...body }) {
    if (!isRecord(data)) return { ...body, data }
    const { nextCursor, nextPageCursor = nextCursor, code: _code, msg: _msg, registerList, ...rest } = data
    return {
      ...body,
      data: {
        ...rest,
        ...(nextPageCursor !== undefined && nextPageCursor !== '' && { nextPageCursor }),
        registerList: orEmpty(registerList),
      },
    }
  },
  preverifyBatchImport: ({ data, ...body }) => ({ ...body, data: orEmpty(data) }),
  listUsers: ({ data, list = data, ...body }) => ({ ...body, list: orEmpty(list) }),
  listUserSpaces: ({ total, users, ...body }) => ({
    ...body,
    total: toNumber(total),
    users: Array.isArray(users)
      ? users.map((space: unknown) => (isRecord(space) ? { ...space, deptId: toText(space['deptId']) } : space))
      : orEmpty(users),
  }),
  listDepartments: ({ list, ...body }) => ({
    ...body,
    list: Array.isArray(list) ? list.map(withRootParent) : orEmpty(list),
  }),
  getDepartment: withRootParent,
  listDepartmentSpaces: ({ total, departments, ...body }) => ({
    ...body,
    total: toNumber(total),
    departments: Array.isArray(departments) ? departments.map(withRootParent) : orEmpty(departments),
  }),
  getSpaceAllocation: ({ data, ...body }) => ({
    ...body,
    data: (Array.isArray(data) ? data : [data]).map((entry: unknown) =>
      isRecord(entry)
        ? Object.fromEntries(Object.entries(entry).map(([name, value]) => [name, toNumber(value)]))
        : entry,
    ),
  }),
  listTasks: ({ taskListDtos, taskList = taskListDtos, nextCursor, ...body }) => ({
    ...body,
    taskList: orEmpty(taskList),
    ...(nextCursor !== undefined && { nextCursor: toText(nextCursor) }),
  }),
}

/** The root has the parent 0 by default. Reading root-parent. */
function withRootParent(department: unknown): Record<string, unknown> {
  if (!isRecord(department)) return {}
  const { parentId } = department
  return { ...department, parentId: parentId === undefined || parentId === '' ? '0' : parentId }
}

/**
 * A success answer in the words of the default readings, whichever listed reading the service follows. Only listed
 * answers are translated: whatever else is odd stays odd.
 */
export const toCanonical = (operation: OperationId, body: Body): Record<string, unknown> => {
  const code = toNumber(body['code'])
  return { ...(dialects[operation]?.(body) ?? body), code }
}
