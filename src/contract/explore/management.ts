import { toJson } from '../../shared/json.ts'
import { createDepartment } from '../../spec/operations/create-department.ts'
import { deleteUser } from '../../spec/operations/delete-user.ts'
import { listDepartments } from '../../spec/operations/list-departments.ts'
import { listUsers } from '../../spec/operations/list-users.ts'
import { updateDepartment } from '../../spec/operations/update-department.ts'
import type { Exchange } from '../exchange.ts'
import { innerOf, isSuccess } from '../judge.ts'
import { rowsGiven, userList } from '../probes/lists.ts'
import { pathOf } from '../probes/management/call.ts'
import { departmentsIn, home, treeStart } from '../probes/management/departments.ts'
import { requestFor } from '../request-spec.ts'
import { alone, type Command, type Real } from './commands.ts'
import { Difference, isEnded, type Model } from './model.ts'

/** Departments that a sequence creates at most: few, so that they are moved into each other. */
export const DEPARTMENTS = 3

/** Deletes a user whom a task has provisioned, found by the name as anybody would find him or her. */
export const userDeletion = (place: number): Command => ({
  check: ({ tasks }) => tasks.some(({ seen }) => seen !== undefined && isEnded(seen)),
  async run(model, real) {
    const { context, token } = real
    if (token === undefined || model.lacks.has(deleteUser.operationId)) return
    const query = { keyWord: `${context.facts.prefix}u${place}`, offset: '0', limit: '1' }
    const looked = await alone(real, requestFor(listUsers, token, { query }))
    const [row] = isSuccess(looked) ? rowsGiven(looked, userList) : []
    const [id, userId] = [row?.['id'], row?.['userId']]
    if (typeof id !== 'string' || !/^[1-9]\d*$/.test(id) || typeof userId !== 'string') return
    // Only who was seen in a task that has ended: another one may be provisioning the same phone.
    if (!model.due().includes(userId) || model.isBusy()) return
    const { facts, record } = context
    record({ run: facts.prefix, at: facts.now(), operation: deleteUser.operationId, phones: [], note: `user ${id}` })
    const exchange = await alone(real, requestFor({ ...deleteUser, path: pathOf(deleteUser, { userId: id }) }, token))
    if (isSuccess(exchange)) model.remove(userId, exchange)
    else if (exchange.response.status >= 404) model.lacks.add(deleteUser.operationId)
  },
  toString: () => `delete user ${place}`,
})

/** The root as the target shows it; undefined when it lacks departments. */
async function rootOf({ context }: Real): Promise<string | undefined> {
  const start = await context.get(treeStart)
  return isSuccess(start) ? context.get(home) : undefined
}

/** Creates a department below the root, or below one of the sequence. */
export const departmentCreation = (parent: number): Command => ({
  check: ({ departments }) => departments.length < DEPARTMENTS,
  async run(model, real) {
    const { context, token } = real
    const root = token === undefined ? undefined : await rootOf(real)
    if (token === undefined || root === undefined) return
    const parentId = model.departments[parent]?.id ?? root
    const name = `${context.facts.prefix}d${model.departments.length}`
    const { facts, record } = context
    const line = { run: facts.prefix, operation: createDepartment.operationId, phones: [], note: 'exploration' }
    record({ ...line, at: facts.now(), creates: { kind: 'department', name } })
    const exchange = await alone(real, requestFor(createDepartment, token, { body: toJson({ name, parentId }) }))
    const id = isSuccess(exchange) ? idIn(exchange) : undefined
    if (id === undefined) return
    record({ ...line, at: facts.now(), created: id })
    model.departments.push({ id, name, parentId, proof: exchange })
  },
  toString: () => `create department below ${parent}`,
})

const idIn = (exchange: Exchange): string | undefined => {
  const { id } = innerOf(exchange)
  return typeof id === 'string' ? id : undefined
}

/** Moves a department of the sequence below another one, or below the root. */
export const departmentMove = (which: number, parent: number): Command => ({
  check: ({ departments }) => departments.length > 0,
  async run(model, real) {
    const { token } = real
    const root = token === undefined ? undefined : await rootOf(real)
    const moved = model.departments[which % model.departments.length]
    if (token === undefined || root === undefined || moved === undefined) return
    const parentId = model.departments[parent]?.id ?? root
    if (parentId === moved.id) return
    const path = pathOf(updateDepartment, { department_id: moved.id })
    const body = toJson({ name: moved.name, parentId })
    const exchange = await alone(real, requestFor({ ...updateDepartment, path }, token, { body }))
    // Below itself is refused, and so may be a tree that is too deep.
    if (!isSuccess(exchange)) return
    moved.parentId = parentId
    moved.proof = exchange
  },
  toString: () => `move department ${which} below ${parent}`,
})

/** Lists what is below each department of the sequence. */
export const departmentListing: Command = {
  check: ({ departments }) => departments.length > 0,
  run: (model, real) => listedDepartments(model, real),
  toString: () => 'list departments',
}

/** Every department of the sequence stands below its parent, and below no other. */
export async function listedDepartments(model: Model, real: Real): Promise<void> {
  const { token } = real
  if (token === undefined || model.departments.length === 0) return
  const root = await rootOf(real)
  if (root === undefined) return
  for (const departmentId of [root, ...model.departments.map(({ id }) => id)]) {
    const exchange = await alone(real, requestFor(listDepartments, token, { query: { departmentId } }))
    if (!isSuccess(exchange)) continue
    const shown = departmentsIn(exchange)
    for (const { id, parentId, proof, name } of model.departments) {
      const isShown = shown.some((row) => row['id'] === id)
      if (isShown === (parentId === departmentId)) continue
      const where = `${name} ${isShown ? 'not ' : ''}below ${departmentId}`
      throw new Difference('tree', where, isShown ? 'it is listed there' : `${shown.length} others`, proof, exchange)
    }
  }
}
