import { z } from 'zod'
import { scenarioSchema } from './schema.ts'

/** The format of a scenario file as JSON Schema, so that editors complete and check it. */
export function scenarioJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(scenarioSchema(), { io: 'input', target: 'draft-2020-12' })
  return {
    $schema,
    title: 'koodrive-mock scenario',
    description: 'A situation that the mock plays: organisation, batches, authentication, readings, faults.',
    ...schema,
  }
}
