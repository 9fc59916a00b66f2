import { cpSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMock } from '../../src/index.ts'
import { LOG_VERSION } from '../../src/server/sandboxes/log-file.ts'
import { openStore } from '../../src/store/open-store.ts'
import { readEvents } from '../support/event-reader.ts'
import { runs, slowJudge } from '../support/judge.ts'
import { actions, openHandle, replies } from '../support/session.ts'
import { describePostgres, newFolder } from '../support/stores.ts'
import { NOW } from '../support/targets.ts'

/** Any session answers in a store what it answers in memory, also when another process goes on with it. */
async function answersAlike(newStore: () => Promise<string>, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 5 }),
      fc.array(actions, { maxLength: 20 }),
      fc.array(actions, { maxLength: 10 }),
      async (seed, first, then) => {
        const store = await newStore()
        const memory = openHandle(createMock({ seed, now: NOW }))
        const one = createMock({ seed, now: NOW, store })
        const before = openHandle(one)
        expect(await replies(before, first)).toEqual(await replies(memory, first))
        await one.close()
        const two = createMock({ store })
        await two.fetch('http://mock/__admin/sandboxes/default')
        const after = { ...openHandle(two), tasks: before.tasks, tokens: before.tokens }
        expect(await replies(after, then)).toEqual(await replies(memory, then))
        await two.close()
      },
    ),
    { numRuns },
  )
}

describe('in a folder', () => {
  slowJudge(
    'the same calls get the same bytes as in memory',
    async () => {
      const root = newFolder()
      await (await openStore(root, LOG_VERSION)).close()
      let made = 0
      await answersAlike(async () => {
        made += 1
        const copy = join(root, '..', `copy-${made}`)
        cpSync(root, copy, { recursive: true })
        return copy
      }, 5)
    },
    5,
  )
})

describePostgres('in PostgreSQL', (server) => {
  it('the same calls get the same bytes as in memory', async () => {
    await answersAlike(() => server().createDatabase(), runs(4, 25))
  }, 120_000)

  it('events of one process are told by the other', async () => {
    const store = await server().createDatabase()
    const [one, two] = [createMock({ store, now: NOW }), createMock({ store, now: NOW })]
    const reader = await readEvents({ baseUrl: 'http://mock', fetch: two.fetch })
    const headers = { Authorization: 'Bearer mock-admin-token' }
    await one.fetch('http://mock/koodrive/ose/v1/userList?offset=0&limit=1', { headers })
    const { data } = await reader.next(({ type }) => type === 'request')
    expect(data).toMatchObject({ sandbox: 'default' })
    await reader.hangUp()
    await Promise.all([one.close(), two.close()])
  })
})
