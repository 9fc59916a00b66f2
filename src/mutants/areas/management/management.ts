import type { Operation } from '../../../spec/operation.ts'
import { managementOperations } from '../../../spec/operations.ts'
import { defineMutants, type Mutant } from '../../mutant.ts'
import { envelopeDefinitions, fieldDefinitions } from './answers.ts'
import { departmentDefinitions } from './departments.ts'
import { sessionDefinitions } from './sessions.ts'
import { spaceTotalDefinitions } from './space-totals.ts'
import { spaceDefinitions } from './spaces.ts'
import { taskDefinitions } from './tasks.ts'
import { userDefinitions } from './users.ts'

const behaviour = {
  ...sessionDefinitions,
  ...departmentDefinitions,
  ...userDefinitions,
  ...spaceDefinitions,
  ...spaceTotalDefinitions,
  ...taskDefinitions,
}

/** What the management operations can get wrong: their answers, field by field, and what they do. */
export const managementMutants: readonly Mutant[] = managementOperations.flatMap((operation) =>
  defineMutants(operation.id, [
    ...envelopeDefinitions(operation as Operation),
    ...fieldDefinitions(operation as Operation),
    ...(behaviour[operation.id] ?? []),
  ]),
)
