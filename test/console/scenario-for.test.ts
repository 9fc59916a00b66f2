import { expect, it } from 'vitest'
import { scenarioFor } from '../../src/console/views/report.tsx'
import { createTestClient, paths } from '../support/client.ts'
import { control, ofDefault } from '../support/control.ts'
import { inProcess, NOW, type Target } from '../support/targets.ts'

/** What a client meets that provisions, polls and lists, three times, with whatever goes wrong on the way. */
async function seenBy(scenario: string): Promise<Set<string>> {
  const target: Target = inProcess({ scenario })
  const { mock } = target
  const calm = (call: Promise<unknown>) => call.catch(() => undefined)
  // A client whose clock is right: that of the scenario may not be.
  const signer = createTestClient('http://mock', mock.fetch, mock.credentials, () => NOW)
  await calm(signer.signed('GET', `${paths.query}?taskId=1`))
  for (let round = 0; round < 3; round += 1) {
    const userList = Array.from({ length: 12 }, (_, at) => ({
      firstname: 'A',
      phone: `1866000${1000 + round * 20 + at}`,
    }))
    await calm(target.client.signed('POST', paths.create, { body: JSON.stringify({ userList }) }))
    const [task] = mock.defaultSandbox.tasks.list().slice(-1)
    for (const by of ['PT0.5S', 'PT1S', 'PT10S', 'PT25S', 'PT20S', 'PT10M', 'PT25M']) {
      mock.defaultSandbox.clock.advance(by)
      await calm(target.client.signed('GET', `${paths.query}?taskId=${task?.taskId}`))
      await calm(target.client.get(`${paths.users}?offset=0&limit=2`))
    }
  }
  await calm(target.client.get(`${paths.users}?offset=0&limit=2&keyWord=nobody`))
  const { json } = await control(target, 'GET', ofDefault('/coverage'))
  const items: { id: string; count: number }[] = json.groups.flatMap((group: { items: object[] }) => group.items)
  return new Set(items.filter(({ count }) => count > 0).map(({ id }) => id))
}

const byScenario = new Map<string, string[]>()
for (const [id, scenario] of Object.entries(scenarioFor)) {
  byScenario.set(scenario, [...(byScenario.get(scenario) ?? []), id])
}

it.each([...byScenario])('the scenario %s shows what the console says of it', async (scenario, ids) => {
  const seen = await seenBy(scenario)
  for (const id of ids) expect([...seen]).toContain(id)
})
