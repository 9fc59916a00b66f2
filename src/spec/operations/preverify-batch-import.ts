import { z } from 'zod'
import { documented, inferred } from '../evidence.ts'
import { bodyErrors, defineOperation } from '../operation.ts'
import { envelope, fieldsOf, int64, namedObject } from '../schemas.ts'

const parameter = fieldsOf('preverify', 'Table 2')
const row = fieldsOf('preverify', 'Table 3')
const result = fieldsOf('preverify', 'Table 5')

/** One user of an import. Pre-verification API, Table 3. */
export const importUserInfo = namedObject('ImportUserInfo', 'A user to import.', () => ({
  targetDeptName: row(z.string().optional(), 'Name of a department directly under curDeptId, or of curDeptId itself.'),
  personalCapacity: row(int64, 'Individual space in GB; 0 when none is allocated.'),
  isAllocateCapacity: row(z.boolean(), 'Whether an individual space is allocated.'),
}))

/** Verdict on one user of an import. Pre-verification API, Table 5. */
export const importUserVerifyResult = namedObject(
  'ImportUserVerifyResult',
  'Verdict on one user of an import.',
  () => ({
    isSuccess: result(
      z.int().min(0).max(1),
      '0 passed, 1 failed.',
      inferred('The example shows 0 beside code 0; reading preverify-success-value'),
    ),
    reason: result(z.string().optional(), 'Why the row failed; absent when it passed.'),
  }),
)

export const preverifyBatchImport = defineOperation({
  id: 'preverify-batch-import',
  operationId: 'preverifyBatchImport',
  method: 'POST',
  path: '/koodrive/ose/v1/users/batchimport/preverify',
  title: 'Pre-verify a batch import',
  description: 'Checks departments and capacities of an import and changes nothing. One result per row, in order.',
  page: documented('preverify', 'page'),
  tag: 'Organisation',
  authentication: 'token',
  body: () =>
    z.object({
      curDeptId: parameter(int64, 'Id of the selected department: a 64-bit integer, exact beyond 2^53.'),
      users: parameter(z.array(importUserInfo()), 'Users of the import.'),
    }),
  response: () =>
    z.object({
      data: fieldsOf('preverify', 'Table 4')(z.array(importUserVerifyResult()), 'One result per user, in order.'),
      ...envelope,
    }),
  successMessage: { 'en-US': 'Successful', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'resourceNotFound', 'noSpacePermission', 'unauthorized', ...bodyErrors],
  examples: {
    reference: {
      summary: 'One user for the department "Dept", as the reference page means it',
      body: {
        curDeptId: 1575416580416769793n,
        users: [{ targetDeptName: 'Dept', personalCapacity: 10, isAllocateCapacity: true }],
      },
      response: { data: [{ isSuccess: 0 }], code: 0, msg: 'Successful' },
    },
  },
})
