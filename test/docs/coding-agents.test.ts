import { describe, expect, it } from 'vitest'
import { byHttp, byStdio } from '../support/agent.ts'
import { howTo } from '../support/page.ts'
import { closeAll, overHttp } from '../support/targets.ts'

/** The guide docs/how-to/coding-agents.md. test/mcp tries the tools. */
const guide = howTo('coding-agents')
const settings = [...guide.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => JSON.parse(text))
const serverOf = ({ mcpServers, servers }: any) => (mcpServers ?? servers).koodrive

describe('the guide to coding agents', () => {
  it('shows three clients that start the mock, by the same command', () => {
    const started = settings.map(serverOf).filter(({ command }) => command !== undefined)
    expect(started).toHaveLength(3)
    for (const { command, args } of started) expect([command, ...args]).toEqual(['npx', '-y', 'koodrive-mock', 'mcp'])
  })

  it('names every tool and every resource, and no other', { timeout: 60_000 }, async () => {
    const { client } = await byStdio()
    const { tools } = await client.listTools()
    const named = [...guide.matchAll(/`([a-z]+_[a-z]+|coverage)`/g)].map(([, name]) => name)
    expect(named.sort()).toEqual(tools.map(({ name }) => name).sort())
    const { resources } = await client.listResources()
    expect([...guide.matchAll(/`(koodrive:\/\/\w+)`/g)].map(([, uri]) => uri).sort()).toEqual(
      resources.map(({ uri }) => uri).sort(),
    )
  })

  it('shows the address of the endpoint', async () => {
    const { url } = serverOf(settings.at(-1))
    const { baseUrl } = await overHttp()
    const { client } = await byHttp(baseUrl)
    expect(`${baseUrl}${new URL(url).pathname}`).toBe(`${baseUrl}/__admin/mcp`)
    expect(await client.ping()).toEqual({})
    await closeAll()
  })
})
