import { CommandError } from '../command-error.ts'
import type { Owner } from '../directory/directory.ts'
import { type Space, spaceTypes } from '../directory/spaces.ts'
import type { SpaceChoice, SpaceCommands } from '../management-commands.ts'
import type { Handlers, State } from '../state.ts'
import { departmentOf, requireCapacity } from './departments.ts'
import { userOf } from './users.ts'

/** Spaces that an owner may have. */
const MAX_SPACES = 10
const KB_PER_GB = 1024 * 1024

/**
 * The owner of a space by type and id.
 *
 * @throws CommandError `resourceNotFound`.
 */
function ownerOf(state: State, { ownerId, spaceType }: Pick<SpaceChoice, 'ownerId' | 'spaceType'>): Owner {
  if (spaceType === spaceTypes.department) return departmentOf(state, ownerId)
  if (spaceType === spaceTypes.individual) return userOf(state, ownerId)
  throw new CommandError(`There is no group ${ownerId}: the mock has no group spaces.`, {
    error: 'resourceNotFound',
    rule: 'group-unknown',
  })
}

/**
 * The space that is meant.
 *
 * @throws CommandError `resourceNotFound` without such an owner, `spaceNotFound` without such a space.
 */
function spaceOf(state: State, choice: SpaceChoice): { readonly owner: Owner; readonly space: Space } {
  const { ownerId, containerId } = choice
  const owner = ownerOf(state, choice)
  const space =
    containerId === undefined
      ? owner.spaces.at(-1)
      : owner.spaces.find((candidate) => candidate.containerId === containerId)
  if (space !== undefined) return { owner, space }
  const which = containerId === undefined ? 'no space' : `no space with the containerId ${containerId}`
  throw new CommandError(`${ownerId} has ${which}.`, { error: 'spaceNotFound', rule: 'space-unknown' })
}

export const spaceHandlers: Handlers<keyof SpaceCommands> = {
  'create-space': (state, { ownerId, spaceType, capacityGb, by }, at) => {
    const owner = ownerOf(state, { ownerId, spaceType })
    if (owner.spaces.length >= MAX_SPACES) {
      throw new CommandError(`${ownerId} has ${MAX_SPACES} spaces, the most that the mock keeps for an owner.`, {
        rule: 'space-count',
      })
    }
    requireCapacity(state, capacityGb)
    return state.directory.addSpace(owner, capacityGb, at, by)
  },

  'update-space': (state, { capacityGb, status, by, ...choice }, at) => {
    const { owner, space } = spaceOf(state, choice)
    const gb = capacityGb ?? space.capacityGb
    if (gb > space.capacityGb) requireCapacity(state, gb - space.capacityGb)
    if (gb < space.capacityGb && gb * KB_PER_GB < space.usedKb) {
      throw new CommandError(`${space.usedKb} KB of the space are used: it cannot shrink to ${gb} GB.`, {
        error: 'insufficientSpace',
        rule: 'space-used',
      })
    }
    return state.directory.changeSpace(owner, space, { capacityGb: gb, status: status ?? space.status }, at, by)
  },

  'delete-space': (state, choice) => {
    const { owner, space } = spaceOf(state, choice)
    state.directory.removeSpace(owner, space)
    return undefined
  },
}
