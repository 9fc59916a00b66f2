import { limits } from '../../spec/limits.ts'
import type { Readings } from '../../spec/readings.ts'
import type { Department } from '../../world/directory/departments.ts'
import { Refusal } from '../refusal.ts'

/**
 * Checks the name of a department below a parent. Reading department-name.
 *
 * @throws Refusal 13000102.
 */
export function checkDepartmentName(
  name: string,
  parent: Department,
  readings: Readings,
  itself?: Department | undefined,
): void {
  if (name.trim() === '') throw refuse('name is empty or has only white space.')
  if (readings['department-name'] === 'any') return
  const length = [...name].length
  if (length > limits.departmentNameMax) {
    throw refuse(`name has ${length} characters; the member guide allows ${limits.departmentNameMax}.`)
  }
  if (parent.children.some((other) => other !== itself && other.name === name)) {
    throw refuse(
      `Department ${parent.id} has a sub-department of this name already; names are unique beside each other.`,
    )
  }
}

const refuse = (detail: string) =>
  new Refusal('verifyParametersFailed', { rule: 'body.name', detail, evidence: 'inferred' })
