import { createSpace } from '../../spec/operations/create-space.ts'
import { deleteSpace } from '../../spec/operations/delete-space.ts'
import { getSpace } from '../../spec/operations/get-space.ts'
import { listDepartmentSpaces } from '../../spec/operations/list-department-spaces.ts'
import { updateSpace } from '../../spec/operations/update-space.ts'
import type { Department } from '../../world/directory/departments.ts'
import type { Space } from '../../world/directory/spaces.ts'
import type { User } from '../../world/directory/user.ts'
import { toIso } from '../../world/instant.ts'
import type { State } from '../../world/state.ts'
import { scopeOf } from '../authentication/caller.ts'
import { defineHandler } from '../operation-handler.ts'
import { Refusal } from '../refusal.ts'
import { departmentView, withRootParent } from './departments.ts'
import { ownerFor, spaceOf } from './find.ts'
import { tenantIdOf } from './organisation.ts'

export const spaceHandlers = {
  getSpace: defineHandler({
    operation: getSpace,
    handle(context) {
      const { params, query, state } = context
      const owner = ownerFor(context, params.ownerId, Number(query.type), true)
      const space = spaceOf(owner, query.containerId)
      const view = spaceView(state, owner, space)
      return {
        data: {
          type: query.type,
          status: space.status,
          ...view,
          capacity: String(space.capacityGb),
          spaceUsed: String(space.usedKb),
          ...spaceTimes(space),
          rootFileId: view.bizRootFileId,
        },
      }
    },
  }),

  createSpace: defineHandler({
    operation: createSpace,
    handle(context) {
      const { params, body, sandbox, state, caller } = context
      const type = Number(body.type)
      const owner = ownerFor(context, params.ownerId, type, false)
      const space = sandbox.execute('create-space', {
        ownerId: owner.id,
        spaceType: type,
        capacityGb: Number(body.capacity),
        by: caller.user?.id,
      })
      const view = spaceView(state, owner, space)
      return {
        data: {
          type,
          status: Number(space.status),
          ...view,
          capacity: space.capacityGb,
          spaceUsed: space.usedKb,
          rootFileId: view.bizRootFileId,
        },
      }
    },
  }),

  updateSpace: defineHandler({
    operation: updateSpace,
    handle(context) {
      const { params, body, sandbox, caller } = context
      const type = Number(body.type)
      const owner = ownerFor(context, params.ownerId, type, false)
      const { containerId } = spaceOf(owner, body.containerId)
      if (body.status === undefined && body.capacity === undefined) {
        throw new Refusal('verifyParametersFailed', {
          rule: 'body.empty',
          detail: 'The body changes nothing. Give status or capacity.',
          evidence: 'inferred',
        })
      }
      sandbox.execute('update-space', {
        ownerId: owner.id,
        spaceType: type,
        containerId,
        capacityGb: body.capacity === undefined ? undefined : Number(body.capacity),
        status: body.status === undefined ? undefined : String(body.status) === '1' ? '1' : '0',
        by: caller.user?.id,
      })
      return {}
    },
  }),

  deleteSpace: defineHandler({
    operation: deleteSpace,
    handle(context) {
      const { params, query, sandbox } = context
      const type = query.type === '0' ? 0 : 1
      const owner = ownerFor(context, params.ownerId, type, false)
      const { containerId } = spaceOf(owner, query.containerId)
      sandbox.execute('delete-space', { ownerId: owner.id, spaceType: type, containerId })
      return {}
    },
  }),

  listDepartmentSpaces: defineHandler({
    operation: listDepartmentSpaces,
    handle({ query: { offset, limit, keyWord = '' }, state, caller }) {
      const wanted = keyWord.toLowerCase()
      const found = [...treeOf(scopeOf(state, caller))].filter(({ name }) => name.toLowerCase().includes(wanted))
      const from = Number(offset)
      return {
        total: found.length,
        departments: found.slice(from, from + Number(limit)).map((department) => {
          const { id, parentId, name, tenantId } = departmentView(state, department)
          const space = department.spaces.at(-1)
          const own = { id, parentId, name, tenantId }
          if (space === undefined) return own
          return {
            ...own,
            ...spaceView(state, department, space),
            status: Number(space.status),
            capacity: space.capacityGb,
            spaceUsed: space.usedKb,
            userNum: state.directory.count(department, true),
            ...spaceTimes(space),
          }
        }),
      }
    },
    toWire({ total, departments }, readings) {
      const rows =
        readings['department-space-fields'] === 'full'
          ? departments
          : departments.map(({ id, parentId, name, tenantId }) => ({ id, parentId, name, tenantId }))
      return {
        total: readings['department-space-total-type'] === 'number' ? total : String(total),
        ...((rows.length > 0 || readings['empty-result'] === 'array') && {
          departments: rows.map((row) => withRootParent(row, readings)),
        }),
      }
    },
  }),
}

/** A department and all below it, each before those below it. */
function* treeOf(department: Department): IterableIterator<Department> {
  yield department
  for (const child of department.children) yield* treeOf(child)
}

/** Prefixes of the folders of a space. GetDepartmentSpaceList, example. */
const ROOT_FOLDER = 'DEUI7pa0C24Aroot'
const SAFE_FOLDER = 'DEUI7pa0C24Asbox'

/** ISO 8601 in UTC with milliseconds. GetDepartmentSpaceList, example. */
export const vendorTime = (ms: number): string => toIso(ms).replace(/(:\d\d)Z$/, '$1.000Z')

/** What every page tells of a space. */
function spaceView(state: State, owner: User | Department, space: Space) {
  const { containerId } = space
  // What nobody created by a call is there since the administrator set the organisation up.
  const { userId: founder } = state.config.credentials
  return {
    ownerId: owner.id,
    containerId,
    bizRootFileId: ROOT_FOLDER + containerId,
    bizSboxFileId: SAFE_FOLDER + containerId,
    tenantId: tenantIdOf(state),
    creator: space.creator ?? founder,
    modifier: space.modifier ?? founder,
  }
}

/** When a space was created and changed. */
const spaceTimes = ({ createdAt, modifiedAt }: Space) => ({
  createTime: vendorTime(createdAt),
  updateTime: vendorTime(modifiedAt),
})
