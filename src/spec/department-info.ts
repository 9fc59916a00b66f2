import { z } from 'zod'
import { inferred, type Page } from './evidence.ts'
import { namedObject } from './field.ts'
import { fieldsOf } from './schemas.ts'

/** Fields of a department, with their provenance on a page. */
export const departmentFields = (page: Page) => {
  const of = fieldsOf(page, 'answer table')
  return {
    id: of(z.string(), 'KooDrive id of the department.'),
    orgId: of(z.string(), 'OrgID organisation.'),
    deptId: of(z.string(), 'OrgID id of the department, 32 hex digits.'),
    parentId: of(
      z.string().optional(),
      'KooDrive id of the parent; the root has none, see the reading root-parent.',
      inferred('No page shows the root department; reading root-parent'),
    ),
    name: of(z.string(), 'Name of the department.'),
    tenantId: of(z.string(), 'Id of the tenant.'),
  }
}

/** A department of a list. GetDepartmentList. */
export const departmentInfo = namedObject('DepartmentInfo', 'A department.', () => departmentFields('listDepartments'))
