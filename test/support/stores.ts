import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it, type TestContext } from 'vitest'
import { type PostgresServer, startPostgres, whyNoPostgres } from './postgres.mjs'

const isRequired = process.env['KOODRIVE_REQUIRE_JUDGES'] === '1'

/** Tests that need a server of PostgreSQL: they are skipped where none is installed, and fail there in CI. */
export function describePostgres(title: string, body: (server: () => PostgresServer) => void, durable = false): void {
  describe(title, () => {
    let server: PostgresServer | undefined
    if (whyNoPostgres !== undefined) {
      it('needs PostgreSQL', (context: TestContext) => {
        if (isRequired) throw new Error(`${whyNoPostgres}, and KOODRIVE_REQUIRE_JUDGES=1 asks for it.`)
        context.skip(whyNoPostgres)
      })
      return
    }
    beforeAll(async () => {
      server = await startPostgres({ durable })
    }, 60_000)
    afterAll(() => server?.stop())
    body(() => server as PostgresServer)
  })
}

/** A new folder for a store; it goes with the file of tests. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'koodrive-mock-store-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'store')
}
