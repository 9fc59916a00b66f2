import { CommandError } from '../command-error.ts'
import { type Department, depthOf, isWithin, levelOf, MAX_LEVELS } from '../directory/departments.ts'
import type { User } from '../directory/user.ts'
import type { DepartmentCommands } from '../management-commands.ts'
import type { Handlers, State } from '../state.ts'

/**
 * The department with an id.
 *
 * @throws CommandError `resourceNotFound`.
 */
export function departmentOf({ directory }: State, id: string): Department {
  const department = directory.departments.find(id)
  if (department !== undefined) return department
  throw new CommandError(`This organisation has no department ${id}.`, {
    error: 'resourceNotFound',
    rule: 'department-unknown',
  })
}

export const departmentHandlers: Handlers<keyof DepartmentCommands> = {
  'create-department': (state, { name, parentId, by }, at) => {
    const { directory, settings } = state
    const parent = departmentOf(state, parentId)
    requireLevels(levelOf(parent) + 1)
    const gb = settings.departmentSpaceGb
    requireCapacity(state, gb)
    const id = state.ids.nextOf('department', at)
    const department = directory.departments.add(name, id, parent)
    if (gb > 0) directory.addSpace(department, gb, at, by)
    return id
  },

  'update-department': (state, { departmentId, name, parentId }) => {
    const { departments, root } = state.directory
    const department = departmentOf(state, departmentId)
    if (department === root) {
      throw new CommandError('The root department has no parent: it can neither be moved nor updated.', {
        rule: 'department-root',
      })
    }
    const parent = departmentOf(state, parentId)
    if (isWithin(parent, department)) {
      throw new CommandError(
        `Department ${parentId} is ${departmentId} itself or lies below it: the tree would have a cycle.`,
        { rule: 'department-cycle' },
      )
    }
    requireLevels(levelOf(parent) + depthOf(department))
    if (parent !== department.parent) departments.move(department, parent)
    department.name = name
    return undefined
  },

  'delete-department': (state, { departmentId, movesToParent = false }) => {
    const { directory } = state
    const department = departmentOf(state, departmentId)
    if (department === directory.root) {
      throw new CommandError('The root department cannot be deleted.', { rule: 'department-root' })
    }
    const users = department.members.all.size
    if (movesToParent) moveToParent(state, department)
    else if (users > 0 || department.children.length > 0) {
      const [count, what] = users > 0 ? [users, 'user'] : [department.children.length, 'sub-department']
      const held = `${count} ${what}${count === 1 ? '' : 's'}`
      throw new CommandError(`Department ${departmentId} still holds ${held}. Move or delete them first.`, {
        rule: 'department-holds-somebody',
      })
    }
    for (const space of department.spaces) directory.removeSpace(department, space)
    directory.departments.remove(department)
    return undefined
  },
}

/** Moves the members and sub-departments of a department to its parent. Costs what is moved. */
function moveToParent({ directory }: State, department: Department): void {
  const parent = department.parent as Department
  const { direct } = department.members
  for (const number of direct.slice(0, direct.size)) {
    directory.change(directory.userAt(number) as User, { department: parent })
  }
  for (const child of [...department.children]) directory.departments.move(child, parent)
}

function requireLevels(levels: number): void {
  if (levels <= MAX_LEVELS) return
  throw new CommandError(
    `The tree would have ${levels} levels; at most ${MAX_LEVELS} are possible, the root department included.`,
    { error: 'maxLevelsExceeded', rule: 'department-levels' },
  )
}

/**
 * Makes sure that so much is free.
 *
 * @throws CommandError `insufficientSpace`.
 */
export function requireCapacity({ directory }: State, gb: number): void {
  if (gb <= directory.freeCapacityGb) return
  throw new CommandError(`${gb} GB exceed the free capacity of ${directory.freeCapacityGb} GB.`, {
    error: 'insufficientSpace',
    rule: 'capacity',
  })
}
