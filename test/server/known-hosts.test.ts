import { get } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createMock } from '../../src/index.ts'
import { systemTime } from '../../src/server/system-time.ts'
import { formatXDate, sign } from '../../src/signing/index.ts'

const PATH = '/koodrive/ose/v1/userList?offset=0&limit=1'

/** The diagnosis of a request that arrives at a port with another Host than was signed. */
async function diagnosed(url: string, signedHost: string, sentHost: string): Promise<string> {
  const { port } = new URL(url)
  const { credentials } = createMock()
  const date = formatXDate(systemTime.now() - 2000)
  const signed = sign(
    {
      method: 'GET',
      url: PATH,
      headers: { Host: signedHost, 'X-Date': date, 'X-User-Id': credentials.userId },
    },
    credentials,
  )
  const headers = { ...Object.fromEntries(signed.headers), Host: sentHost }
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: PATH, headers }, (response) => {
      response.resume()
      resolve(String(response.headers['x-mock-diagnosis']))
    }).on('error', reject)
  })
}

describe('the addresses at which a server is called', () => {
  it('are told from one another where a proxy has exchanged Host and left no trace', async () => {
    const mock = createMock()
    onTestFinished(() => mock.close())
    const first = await mock.listen({ port: 0 })
    const second = await mock.listen({ port: 0 })
    const hosts = [first, second].map(({ url }) => new URL(url).host)
    for (const host of hosts) {
      expect(await diagnosed(first.url, host, 'gateway.example')).toMatch(/host of another address of this server/)
    }
  })

  it('are those of this server only: the port of another one explains nothing', async () => {
    const mock = createMock()
    onTestFinished(() => mock.close())
    const { url } = await mock.listen({ port: 0 })
    expect(await diagnosed(url, '127.0.0.1:59999', 'gateway.example')).toMatch(/no known mistake explains it/)
  })
})
