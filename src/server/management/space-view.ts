import type { Department } from '../../world/directory/departments.ts'
import type { Space } from '../../world/directory/space.ts'
import type { User } from '../../world/directory/user.ts'
import { toIso } from '../../world/instant.ts'
import type { State } from '../../world/state.ts'
import { tenantIdOf } from './organisation.ts'

/** Prefixes of the folders of a space. GetDepartmentSpaceList, example. */
const ROOT_FOLDER = 'DEUI7pa0C24Aroot'
const SAFE_FOLDER = 'DEUI7pa0C24Asbox'

/** ISO 8601 in UTC with milliseconds. GetDepartmentSpaceList, example. */
export const vendorTime = (ms: number): string => toIso(ms).replace(/(:\d\d)Z$/, '$1.000Z')

/** What every page tells of a space. */
export function spaceView(state: State, owner: User | Department, space: Space) {
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
export const spaceTimes = ({ createdAt, modifiedAt }: Space) => ({
  createTime: vendorTime(createdAt),
  updateTime: vendorTime(modifiedAt),
})
