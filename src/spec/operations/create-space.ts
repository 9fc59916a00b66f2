import { z } from 'zod'
import { documented, inferred } from '../evidence.ts'
import { limits } from '../limits.ts'
import { managementEnvelope, numberOrText, ownerIdParameter, wholeNumberOrText } from '../management-fields.ts'
import { bodyErrors, defineOperation } from '../operation.ts'
import { fieldsOf, namedObject } from '../schemas.ts'

const body = fieldsOf('createSpace', 'request table')
const created = fieldsOf('createSpace', 'table createSpaceRspInfo')
const may = fieldsOf('createSpace', 'table Capabilities')

const capabilities = namedObject(
  'Capabilities',
  'What members may do; the mock has no files and only checks the types.',
  () => ({
    addChildNodePermission: may(z.boolean().optional(), 'Create folders.'),
    copyPermission: may(z.boolean().optional(), 'Copy.'),
    deletePermission: may(z.boolean().optional(), 'Delete.'),
    downloadPermission: may(z.boolean().optional(), 'Download.'),
    editPermission: may(z.boolean().optional(), 'Edit; not supported yet.'),
    listChildNodePermission: may(z.boolean().optional(), 'List.'),
    removeChildNodePermission: may(z.boolean().optional(), 'Move.'),
    renameFilePermission: may(z.boolean().optional(), 'Rename.'),
    shareFilePermission: may(z.boolean().optional(), 'Share.'),
    uploadPermission: may(z.boolean().optional(), 'Upload.'),
  }),
)

/** A space as createSpace answers it: the fields of SpaceInfo, some of them numbers. */
const createdSpace = namedObject('CreatedSpace', 'A space that was just created.', () => ({
  type: created(z.int(), '0 department, 1 individual, 2 group.'),
  status: created(z.int(), '0 normal, 1 disabled.'),
  ownerId: created(z.string(), 'Id of the department or user that owns the space.'),
  containerId: created(z.string(), 'Id of the space.'),
  bizRootFileId: created(z.string(), 'Root of the plain files.'),
  bizSboxFileId: created(z.string(), 'Root of the safe with encrypted files.'),
  capacity: created(z.int(), 'Size in GB.'),
  spaceUsed: created(
    z.int(),
    'Used space in KB.',
    inferred('No page gives the unit; the usage pages of the carrier reference count in KB'),
  ),
  tenantId: created(z.string(), 'Id of the tenant.'),
  creator: created(z.string(), 'KooDrive id of the user who created it.'),
  modifier: created(z.string(), 'KooDrive id of the user who changed it last.'),
  rootFileId: created(z.string(), 'Root of the space, the same as bizRootFileId.'),
  operatorId: created(
    z.int().optional(),
    'Integer in the table; the mock leaves it out, as no page says whose id it is.',
  ),
}))

export const createSpace = defineOperation({
  id: 'create-space',
  operationId: 'createSpace',
  method: 'POST',
  path: '/koodrive/ose/v1/space/{ownerId}',
  title: 'Create a space',
  description: 'Gives a department or a user a space out of the free capacity of the organisation.',
  page: documented('createSpace', 'page'),
  tag: 'Spaces',
  authentication: 'token',
  params: () => z.object(ownerIdParameter('createSpace')),
  body: () =>
    z.object({
      capacity: body(
        wholeNumberOrText(1, limits.spaceCapacityMaxGb),
        `Size in GB, 1 to ${limits.spaceCapacityMaxGb}, within the free capacity. String in the table, a number in the example: both are taken.`,
        documented('createSpace', 'request table; the range is that of the carrier edition of UpdateSpace'),
      ),
      type: body(numberOrText([0, 1, 2]), '0 department, 1 individual, 2 group. The mock has no groups.'),
      capabilities: body(capabilities().optional(), 'What members may do.'),
    }),
  response: () =>
    z.object({
      data: fieldsOf('createSpace', 'answer table')(createdSpace(), 'The new space.'),
      ...managementEnvelope('createSpace'),
    }),
  successMessage: { 'en-US': 'OK', 'zh-CN': '成功' },
  errors: [
    'verifyParametersFailed',
    'resourceNotFound',
    'insufficientSpace',
    'noSpacePermission',
    'unauthorized',
    ...bodyErrors,
  ],
  examples: {
    reference: {
      summary: 'A space of 1 GB for a department',
      params: { ownerId: '1289173650183882753' },
      body: { capacity: 1, type: 0 },
      response: {
        data: {
          type: 0,
          status: 0,
          ownerId: '1289173650183882753',
          containerId: 'IAADfsBFCO6WtAtuA1289173668999530497',
          bizRootFileId: 'DEUI7pa0C24ArootIAADfsBFCO6WtAtuA1289173668999530497',
          bizSboxFileId: 'DEUI7pa0C24AsboxIAADfsBFCO6WtAtuA1289173668999530497',
          capacity: 1,
          spaceUsed: 0,
          tenantId: '40086000004871666',
          creator: '369528171409614001',
          modifier: '369528171409614001',
          rootFileId: 'DEUI7pa0C24ArootIAADfsBFCO6WtAtuA1289173668999530497',
        },
        code: 0,
        msg: 'OK',
      },
    },
  },
})
