/**
 * What a field, parameter or header of the API holds, for whoever writes exchanges down. `keep`: nothing about anybody.
 * Whatever the table does not name may be about somebody, and is replaced.
 */
export type FieldKind = 'keep' | 'prose' | 'phone' | 'email' | 'name' | 'id' | 'password' | 'token'

const byKind: Readonly<Record<FieldKind, readonly string[]>> = {
  keep: [
    ...['code', 'error_code', 'status', 'isSuccess', 'role', 'total', 'capacity', 'spaceUsed', 'spaceStatus'],
    ...['totalCount', 'successCount', 'failCount', 'skipCount', 'personalCapacity', 'isAllocateCapacity'],
    ...['offset', 'limit', 'pageSize', 'isDirect', 'nextPageCursor', 'nextCursor', 'cursor'],
  ],
  prose: ['msg', 'error_msg', 'reason'],
  phone: ['phone', 'mobile'],
  email: ['email'],
  name: ['name', 'firstname', 'surname', 'deptName', 'targetDeptName', 'keyWord'],
  id: ['id', 'userId', 'deptId', 'curDeptId', 'taskId', 'containerId', 'tenantId', 'request_id', 'data'],
  password: ['password'],
  token: ['accessToken', 'access_token', 'token'],
}

const kinds: ReadonlyMap<string, FieldKind> = new Map(
  Object.entries(byKind).flatMap(([kind, names]) =>
    names.map((name) => [name.toLowerCase(), kind as FieldKind] as const),
  ),
)

/** The kind of a field; undefined for one that no page describes. */
export const kindOfField = (name: string): FieldKind | undefined => kinds.get(name.toLowerCase())

/** Whether two people, or two runs, differ in such a field though they do the same. */
export const isPersonal = (name: string): boolean => !['keep', 'prose', 'id'].includes(kindOfField(name) ?? 'name')

/** Headers that are written down as they are; all others are replaced or left out. */
export const plainHeaders: ReadonlySet<string> = new Set([
  ...['accept', 'content-type', 'date', 'host', 'language', 'retry-after', 'allow', 'x-date'],
  ...['x-mock-request-id', 'x-mock-rule', 'x-mock-fault'],
])
