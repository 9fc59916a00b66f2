import { z } from 'zod'
import { documented, example, inferred } from '../evidence.ts'
import { managementEnvelope } from '../management-fields.ts'
import { defineOperation } from '../operation.ts'
import { fieldsOf, namedObject, pageLimit, pageOffset } from '../schemas.ts'

const parameter = fieldsOf('listDepartmentSpaces', 'query parameters')
const row = fieldsOf('listDepartmentSpaces', 'table departmentSpaceInfo')
const shown = example('listDepartmentSpaces', 'example; the table of 2025 has only id, parentId, name and tenantId')

/** A department with its space, if it has one. */
const departmentSpaceInfo = namedObject('DepartmentSpaceInfo', 'A department with its space.', () => ({
  id: row(z.string(), 'KooDrive id of the department.'),
  parentId: row(z.string().optional(), 'KooDrive id of the parent. Reading root-parent.'),
  name: row(z.string(), 'Name of the department.'),
  tenantId: row(z.string(), 'Id of the tenant.'),
  ownerId: row(z.string().optional(), 'Owner of the space: the department. Absent without a space.', shown),
  status: row(z.int().optional(), '0 normal, 1 disabled. Absent without a space.', shown),
  capacity: row(z.int().optional(), 'Size of the space in GB. Absent without a space.', shown),
  spaceUsed: row(
    z.int().optional(),
    'Used space in KB. Absent without a space.',
    inferred('Number in the example; the unit is not given, the example makes sense in KB'),
  ),
  containerId: row(z.string().optional(), 'Id of the space. Absent without a space.', shown),
  bizRootFileId: row(z.string().optional(), 'Root of the plain files. Absent without a space.', shown),
  bizSboxFileId: row(z.string().optional(), 'Root of the safe. Absent without a space.', shown),
  userNum: row(z.int().optional(), 'Members of the department. Absent without a space.', shown),
  creator: row(z.string().optional(), 'Who created the space. Absent without a space.', shown),
  createTime: row(z.string().optional(), 'When the space was created. Absent without a space.', shown),
  modifier: row(z.string().optional(), 'Who changed the space last. Absent without a space.', shown),
  updateTime: row(z.string().optional(), 'When the space was changed last. Absent without a space.', shown),
}))

export const listDepartmentSpaces = defineOperation({
  id: 'list-department-spaces',
  operationId: 'listDepartmentSpaces',
  method: 'GET',
  path: '/koodrive/ose/v1/space/departmentList',
  title: 'List department spaces',
  description: 'All departments in a stable order, page by page; those with a space show it.',
  page: documented('listDepartmentSpaces', 'page'),
  tag: 'Spaces',
  authentication: 'token',
  query: () =>
    z.object({
      offset: parameter(pageOffset(), 'Number of records to skip, from 0, as a string of digits.').meta({
        example: '0',
      }),
      limit: parameter(pageLimit(), 'Largest number of records to return, 1 to 100, as a string of digits.').meta({
        example: '10',
      }),
      keyWord: parameter(
        z.string().max(255).optional(),
        "Text that the department's name must contain, in any case.",
        documented('listDepartmentSpaces', 'query parameters; the page searches administrators as well'),
      ),
    }),
  response: () =>
    z.object({
      total: fieldsOf('listDepartmentSpaces', 'answer table')(
        z.int().min(0),
        'Number of departments before paging.',
        example('listDepartmentSpaces', 'example; the table says String. Reading department-space-total-type'),
      ),
      departments: fieldsOf('listDepartmentSpaces', 'answer table')(
        z.array(departmentSpaceInfo()),
        'Departments of this page.',
      ),
      ...managementEnvelope('listDepartmentSpaces'),
    }),
  successMessage: { 'en-US': 'OK', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'noSpacePermission', 'unauthorized'],
  examples: {
    reference: {
      summary: 'Ten departments, one with a space and one without',
      query: { offset: '0', limit: '10' },
      response: {
        total: 2,
        departments: [
          {
            tenantId: '40086000004871666',
            creator: '369528171409614001',
            createTime: '2023-11-14T20:39:06.000Z',
            modifier: '369528171409614001',
            updateTime: '2023-12-26T11:40:08.000Z',
            ownerId: '1289173668999530369',
            status: 0,
            capacity: 1,
            spaceUsed: 654777,
            containerId: 'IAADfsBFCO6WtAtuAb7e92cde625843cfb7f4ceba802e0b',
            bizRootFileId: 'DEUI7pa0C24ArootIAADfsBFCO6WtAtuAb7e92cde625843cfb7f4ceba802e0b',
            bizSboxFileId: 'DEUI7pa0C24AsboxIAADfsBFCO6WtAtuAb7e92cde625843cfb7f4ceba802e0b',
            id: '1289173668999530369',
            parentId: '1289171275545118721',
            name: '部门1699953477584',
            userNum: 1,
          },
          {
            tenantId: '40086000004871666',
            id: '1289171275545118721',
            parentId: '1245640257345455489',
            name: 'test',
          },
        ],
        code: 0,
        msg: 'OK',
      },
    },
  },
})
