import { describe, expect, it } from 'vitest'
import { runModule } from '../support/node.ts'

const USERS = '/koodrive/ose/v1/userList?offset=0&limit=1'

describe('a program with the library', () => {
  it.each([
    ['a call in process', 'await list("http://mock", mock.fetch)'],
    [
      'calls over a port with a connection kept alive',
      'const { url } = await mock.listen({ port: 0 })\nawait list(url)',
    ],
    ['two ports', 'for (const one of [1, 2]) await list((await mock.listen({ port: 0 })).url)'],
    [
      'a listener on events',
      'const { url } = await mock.listen({ port: 0 })\nawait fetch(url + "/__admin/events")\nawait list(url)',
    ],
    [
      'a slow answer that nobody waits for',
      `mock.defaultSandbox.faults.add({ kind: 'latency', delay: { ms: 60_000 } })
       const { url } = await mock.listen({ port: 0 })
       const abort = new AbortController()
       const lost = fetch(url + "${USERS}", { headers, signal: abort.signal }).catch(({ name }) => console.log(name))
       await fetch(url + "/__admin/ready")
       abort.abort()
       await lost`,
    ],
  ])('ends by itself after close(): %s', async (_, calls) => {
    const source = `
      import { createMock } from 'koodrive-mock'
      const mock = createMock()
      const headers = { Authorization: 'Bearer ' + mock.credentials.tokens.admin }
      const list = async (base, call = fetch) => {
        const response = await call(base + '${USERS}', { headers })
        console.log(response.status, (await response.json()).total)
      }
      ${calls}
      await mock.close()
      console.log('closed')`
    expect((await runModule(source)).split('\n').at(-2)).toBe('closed')
  })

  it('ends by itself without close() when it opened no port', async () => {
    const source = `
      import { createMock } from 'koodrive-mock'
      const mock = createMock()
      const sandbox = mock.sandbox({ scenario: 'duplicates', now: '2026-04-16T08:00:00Z' })
      sandbox.clock.advance('PT16M')
      console.log(sandbox.clock.read().now)`
    expect(await runModule(source)).toBe('2026-04-16T08:16:00Z\n')
  })
})

describe('the globals of a program', () => {
  it('stay what they were without a port', async () => {
    const source = `
      import { createMock } from 'koodrive-mock'
      const before = [Request, Response, Headers, fetch]
      const mock = createMock()
      await mock.fetch('http://mock/')
      mock.connect().destroy()
      console.log([Request, Response, Headers, fetch].every((one, index) => one === before[index]))
      await mock.close()`
    expect(await runModule(source)).toBe('true\n')
  })
})
