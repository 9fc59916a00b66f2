import type { ReferenceOperationId as OperationId } from '../../spec/wire-types.ts'
import type { Exchange } from '../exchange.ts'
import type { Probe } from '../probe.ts'
import { firstSpaces, firstUsers } from './lists.ts'
import { createMain, mainTaskAgain } from './main-task.ts'
import { preverifyPlain, preverifyRows } from './preverify.ts'

const samples: Readonly<Record<OperationId, readonly Probe<Exchange>[]>> = {
  createBatchProvisioningTask: [createMain],
  queryBatchProvisioning: [mainTaskAgain],
  preverifyBatchImport: [preverifyPlain, preverifyRows],
  listUsers: [firstUsers],
  listUserSpaces: [firstSpaces],
}

/** The answers of an operation that show what its successes look like. */
export const sampleAnswers = (operation: OperationId): readonly Probe<Exchange>[] => samples[operation]
