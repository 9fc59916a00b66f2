import { z } from 'zod'
import { documented, inferred } from './evidence.ts'
import { namedObject } from './field.ts'
import { fieldsOf } from './schemas.ts'

const space = fieldsOf('batchGetSpace', 'table SpaceInfo')

/** A space, all fields text. GetSpace; the table is complete on the sister page batchGetSpace. */
export const spaceInfo = namedObject('SpaceInfo', 'A space of a department or a user.', () => ({
  type: space(z.enum(['0', '1', '2']), '0 department, 1 individual, 2 group.'),
  status: space(
    z.enum(['0', '1']),
    '0 normal, 1 disabled.',
    documented('batchGetSpace', 'table SpaceInfo; values from UpdateSpace'),
  ),
  ownerId: space(z.string(), 'Id of the department or user that owns the space.'),
  containerId: space(z.string(), 'Id of the space.'),
  bizRootFileId: space(z.string(), 'Root of the plain files.'),
  bizSboxFileId: space(z.string(), 'Root of the safe with encrypted files.'),
  capacity: space(
    z.string(),
    'Size in GB.',
    documented('batchGetSpace', 'table SpaceInfo; the unit is that of CreateSpace'),
  ),
  spaceUsed: space(
    z.string(),
    'Used space in KB.',
    inferred('No page gives the unit; the usage pages of the carrier reference count in KB'),
  ),
  tenantId: space(z.string(), 'Id of the tenant.'),
  creator: space(z.string(), 'KooDrive id of the user who created it.'),
  createTime: space(z.string(), 'When it was created, ISO 8601 in UTC with milliseconds.'),
  modifier: space(z.string(), 'KooDrive id of the user who changed it last.'),
  updateTime: space(z.string(), 'When it was changed last, ISO 8601 in UTC with milliseconds.'),
  rootFileId: space(z.string(), 'Root of the space, the same as bizRootFileId.'),
}))
