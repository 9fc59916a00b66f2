import { expect, it } from 'vitest'
import { defaultScenario } from '../../src/scenarios/built-in.ts'
import { control } from '../support/control.ts'
import { describeTargets, NOW, type Target } from '../support/targets.ts'

const USERS = '/koodrive/ose/v1/userList?offset=0&limit=1'

const journal = async (target: Target, query: Record<string, string> = {}): Promise<string> =>
  (await control(target, 'GET', `/console/views/journal?${new URLSearchParams({ lang: 'en-US', ...query })}`)).text

/** Versions of the parts of a view by name, and which of them were left out. */
function partsOf(html: string) {
  const found = [...html.matchAll(/data-key="(\w+)" data-version="([\w-]+)"( data-omitted)?/g)]
  return {
    versions: Object.fromEntries(found.map(([, name, version]) => [name, version])),
    omitted: found.flatMap(([, name, , isOmitted]) => (isOmitted === undefined ? [] : [name])),
  }
}

describeTargets('a view that is brought up to date', (open) => {
  it('is sent without the parts that the page has already, and with those that have changed', async () => {
    const target = await open()
    for (let at = 0; at < 3; at += 1) await target.client.get(USERS)
    const first = await journal(target)
    const { versions } = partsOf(first)
    expect(Object.keys(versions)).toEqual(['picker', 'filters', 'rows'])
    const have = Object.values(versions).join()
    const [, top = ''] = /data-top="([^"]+)"/.exec(first) ?? []

    await target.client.get(USERS)
    const same = await journal(target, { have, top })
    expect(partsOf(same).omitted).toEqual(['picker', 'filters', 'rows'])
    expect(same).toContain('4 requests')
    expect(same).not.toContain('<tr')
    expect(same).not.toContain('<option')
    expect(same.length).toBeLessThan(first.length / 2)

    expect(partsOf(await journal(target, { have })).omitted).toEqual(['picker', 'filters'])
    expect(partsOf(await journal(target, { have, top, id: top })).omitted).toEqual(['picker', 'filters'])
    target.mock.world.create({ scenario: defaultScenario, now: NOW })
    expect(partsOf(await journal(target, { have, top })).omitted).toEqual(['filters', 'rows'])
  })

  it('is sent whole to a page that names other versions', async () => {
    const target = await open()
    await target.client.get(USERS)
    for (const have of ['', ',', 'x'.repeat(10_000), '<b>,"']) {
      expect(partsOf(await journal(target, { have })).omitted, have).toEqual([])
    }
  })
})
