import { expect, it } from 'vitest'
import type { z } from 'zod'
import type { Operation } from '../../src/spec/operation.ts'
import { operations } from '../../src/spec/operations.ts'

const all: readonly Operation[] = operations

/** No string of an operation takes this. */
const UNFIT = '\u0000 ~'

it.each(all.map((operation) => [operation.operationId, operation] as const))(
  '%s says in words, not as a pattern, what its parameters take',
  (_, { params, query, headers }) => {
    for (const schema of [params, query, headers]) {
      const shape: Record<string, z.ZodType> = schema === undefined ? {} : schema.shape
      for (const [name, field] of Object.entries(shape)) {
        const { error } = field.safeParse(UNFIT)
        for (const { code, message } of error?.issues ?? []) {
          if (code === 'invalid_format') expect([name, message]).not.toEqual([name, expect.stringMatching(/^Invalid/)])
        }
      }
    }
  },
)
