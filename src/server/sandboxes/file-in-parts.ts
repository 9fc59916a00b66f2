import type { z } from 'zod'
import { explainMistake } from '../../scenarios/explain.ts'
import { isRecord } from '../../shared/json.ts'
import { Faults } from '../../world/faults.ts'
import { badRequest } from '../problem.ts'

type Keys = readonly (string | number)[]

/** A file that is validated part by part, up to the first mistake: as a whole it would keep others waiting. */
export interface FileInParts {
  /** A part, and where it stands in the file. Problem 400 says what is wrong with it, CommandError that it has too many faults. */
  readonly part: <S extends z.ZodType>(schema: S, value: unknown, keys: Keys) => z.output<S>
  /** Each entry of a list; between two of them `turn` may let others be served. */
  readonly list: <S extends z.ZodType>(
    schema: S,
    values: readonly unknown[],
    keys: Keys,
    turn: () => Promise<void> | undefined,
  ) => Promise<z.output<S>[]>
}

/** The parts of a file by the schema of the whole; `named` is how a refusal calls it. */
export function fileIn(input: unknown, whole: z.ZodType, named: string): FileInParts {
  const part: FileInParts['part'] = (schema, value, keys) => {
    const { success, data, error } = schema.safeParse(shortened(value))
    if (success) {
      refuseFaults(value)
      return data
    }
    const issues = error.issues.slice(0, 1).map((issue) => ({ ...issue, path: [...keys, ...issue.path] }))
    const { path, detail } = explainMistake(whole, { ...error, issues } as z.ZodError, input)
    throw badRequest(`${path === '' ? `The ${named}` : path}: ${detail}`, { path })
  }
  return {
    part,
    async list(schema, values, keys, turn) {
      const read: z.output<typeof schema>[] = []
      for (const [at, value] of values.entries()) {
        await turn()
        read.push(part(schema, value, [...keys, at]))
      }
      return read
    },
  }
}

/** A value whose list is empty, and the list; the value as it is when it has none. */
export function withoutList(value: unknown, name: string): [rest: unknown, list: readonly unknown[]] {
  const list = isRecord(value) ? value[name] : undefined
  return Array.isArray(list) ? [{ ...(value as object), [name]: [] }, list] : [value, []]
}

/** More faults and routes than these are refused, but only when each of them was validated. */
const MOST = 1000

/** A part in which such a list is no longer than it takes to be refused. */
function shortened(value: unknown): unknown {
  if (!isRecord(value)) return value
  const { config, scenario, faults, routes } = value
  return {
    ...value,
    ...(isRecord(config) && { config: shortened(config) }),
    ...(isRecord(scenario) && { scenario: shortened(scenario) }),
    ...(isLong(faults) && { faults: faults.slice(0, MOST + 1) }),
    ...(isLong(routes) && { routes: routes.slice(0, MOST + 1) }),
  }
}

const isLong = (list: unknown): list is unknown[] => Array.isArray(list) && list.length > MOST

/** @throws CommandError where a list was shortened and nothing else is wrong. */
function refuseFaults(value: unknown): void {
  if (!isRecord(value)) return
  const { config, scenario, faults } = value
  if (isLong(faults)) Faults.refuseMoreThanMost(faults.length)
  refuseFaults(config)
  refuseFaults(scenario)
}
