/**
 * One PGlite for all mocks of a process: to start one takes a second, and thousands of tests each make a mock. Each database is
 * a schema of its own here, and goes with its mock.
 */
// The path, as the name of the package leads here (vitest.config.ts).
import { PGlite as Engine, type PGliteOptions } from '../../node_modules/@electric-sql/pglite/dist/index.js'

/** Files share a process, but not their modules. */
const shared = globalThis as typeof globalThis & { pglite?: Promise<Engine>; schemas?: number; turn?: Promise<string> }

/** Calls of all databases, one at a time, each with its own schema in front. */
function inTurn<T>(engine: Engine, schema: string, work: () => Promise<T>): Promise<T> {
  const chosen = (shared.turn ?? Promise.resolve('public')).then(async (previous) => {
    if (previous !== schema) await engine.exec(`SET search_path TO ${schema}`)
  })
  const result = chosen.then(work)
  shared.turn = result.then(
    () => schema,
    () => schema,
  )
  return result
}

/** Stands in for the class: makes the engine at the first call, and a schema at each. */
export const PGlite = {
  defaultStartParams: Engine.defaultStartParams,

  async create(options: PGliteOptions): Promise<Pick<Engine, 'query' | 'transaction' | 'close'>> {
    shared.pglite ??= Engine.create({ ...options, dataDir: 'memory://' })
    const engine = await shared.pglite
    shared.schemas = (shared.schemas ?? 0) + 1
    const schema = `database${shared.schemas}`
    await inTurn(engine, 'public', () => engine.exec(`CREATE SCHEMA ${schema}`))
    return {
      query: ((...call: Parameters<Engine['query']>) =>
        inTurn(engine, schema, () => engine.query(...call))) as Engine['query'],
      transaction: (work) => inTurn(engine, schema, () => engine.transaction(work)),
      close: async () => {
        await inTurn(engine, 'public', () => engine.exec(`DROP SCHEMA ${schema} CASCADE`))
      },
    }
  },
}
