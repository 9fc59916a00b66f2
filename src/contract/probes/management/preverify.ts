import { toJson } from '../../../shared/json.ts'
import { preverifyBatchImport } from '../../../spec/operations/preverify-batch-import.ts'
import type { Exchange } from '../../exchange.ts'
import { isSuccess } from '../../judge.ts'
import { defineProbe, once } from '../../probe.ts'
import { requestFor } from '../../request-spec.ts'
import { tokenAuth } from '../identity.ts'
import { plain } from '../preverify.ts'
import { lookedUntil, lookUntil } from './call.ts'
import { first } from './departments.ts'

/** Right rows for a department of the run, which need not be known everywhere at once. */
export const preverifyOwn = defineProbe<Exchange>({
  id: 'preverify.own-department',
  operation: 'preverifyBatchImport',
  safety: 'read',
  needs: ['access-token', 'writes'],
  uses: [tokenAuth, first],
  requests: [lookedUntil(once(preverifyBatchImport))],
  async run(context) {
    const body = toJson({ curDeptId: BigInt(await context.get(first)), users: [plain, plain, plain] })
    return lookUntil(context, requestFor(preverifyBatchImport, await context.get(tokenAuth), { body }), isSuccess)
  },
})
