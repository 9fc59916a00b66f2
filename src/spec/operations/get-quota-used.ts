import { z } from 'zod'
import { documented, inferred } from '../evidence.ts'
import { managementEnvelope } from '../management-fields.ts'
import { defineOperation } from '../operation.ts'
import { fieldsOf, namedObject } from '../schemas.ts'

const quota = fieldsOf('getQuotaUsed', 'answer table')
const gb = inferred('The table gives no unit but for spaceCapacity; the values of the example add up in GB')
const kb = inferred('The table gives no unit; the values of the example only make sense in KB')

const quotaUsed = namedObject('QuotaUsed', 'Quota of the organisation and what is used of it.', () => ({
  userCount: quota(z.int().min(0), 'Users that exist.'),
  userMaxCount: quota(z.int().min(0), 'Users that may exist.'),
  spaceCapacity: quota(
    z.int().min(0),
    'Capacity of the organisation in GB: deptSpaceQuota, personalSpaceQuota, groupSpaceQuota and reservedSpaceQuota together.',
  ),
  deptSpaceQuota: quota(z.int().min(0), 'Capacity for department spaces in GB.', gb),
  personalSpaceQuota: quota(z.int().min(0), 'Capacity for individual spaces in GB.', gb),
  groupSpaceQuota: quota(z.int().min(0), 'Capacity for group spaces in GB.', gb),
  reservedSpaceQuota: quota(z.int().min(0), 'Capacity that is kept back in GB.', gb),
  spaceQuotaUsed: quota(
    z.int().min(0),
    'Allocated in GB: deptSpaceQuotaUsed, personalSpaceQuotaUsed and groupSpaceQuotaUsed together.',
    gb,
  ),
  deptSpaceQuotaUsed: quota(z.int().min(0), 'Allocated to department spaces in GB.', gb),
  personalSpaceQuotaUsed: quota(z.int().min(0), 'Allocated to individual spaces in GB.', gb),
  groupSpaceQuotaUsed: quota(z.int().min(0), 'Allocated to group spaces in GB.', gb),
  spaceUsed: quota(z.int().min(0), 'Used in KB: deptSpaceUsed, personalSpaceUsed and groupSpaceUsed together.', kb),
  deptSpaceUsed: quota(z.int().min(0), 'Used in department spaces in KB.', kb),
  personalSpaceUsed: quota(z.int().min(0), 'Used in individual spaces in KB.', kb),
  groupSpaceUsed: quota(z.int().min(0), 'Used in group spaces in KB.', kb),
  packageDownloadExpires: quota(z.int().min(0), 'Life of a packed download; the mock answers the 7 of the example.'),
  productType: quota(z.string(), 'Type of the product; the mock answers the "1" of the example.'),
}))

export const getQuotaUsed = defineOperation({
  id: 'get-quota-used',
  operationId: 'getQuotaUsed',
  method: 'GET',
  path: '/koodrive/ose/v1/service/quotaUsed',
  title: 'Get the quota used',
  description: 'Quota of the organisation and what is used of it. The sums of the page example hold.',
  page: documented('getQuotaUsed', 'page'),
  tag: 'Spaces',
  authentication: 'token',
  response: () =>
    z.object({
      data: quota(quotaUsed(), 'Quota and usage.'),
      ...managementEnvelope('getQuotaUsed'),
    }),
  successMessage: { 'en-US': 'success', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'noSpacePermission', 'unauthorized'],
  examples: {
    reference: {
      summary: 'The organisation of the reference page',
      response: {
        data: {
          spaceUsed: 7753298,
          spaceCapacity: 10240,
          deptSpaceQuota: 6144,
          personalSpaceQuota: 2048,
          groupSpaceQuota: 2048,
          reservedSpaceQuota: 0,
          spaceQuotaUsed: 327,
          deptSpaceUsed: 1975057,
          deptSpaceQuotaUsed: 42,
          personalSpaceUsed: 3933426,
          personalSpaceQuotaUsed: 35,
          groupSpaceUsed: 1844815,
          groupSpaceQuotaUsed: 250,
          userCount: 20,
          userMaxCount: 100,
          packageDownloadExpires: 7,
          productType: '1',
        },
        code: 0,
        msg: 'success',
      },
    },
  },
})
