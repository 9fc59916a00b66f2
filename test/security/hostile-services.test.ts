import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createClient } from '../../src/client/index.ts'
import { transmit } from '../../src/contract/transport.ts'
import { createControlCall } from '../../src/mcp/control-call.ts'
import { bounds } from '../../src/shared/bounds.ts'
import { runToEnd } from '../support/command.ts'

const piece = Buffer.alloc(1024 * 1024, ' ')
const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024, ' '))

/** What poses as the service, or as a mock, and means to end its caller. */
const hostile: Record<string, (outgoing: ServerResponse) => void> = {
  'an answer without an end': (outgoing) => {
    const more = (): void => {
      while (!outgoing.destroyed && outgoing.write(piece));
    }
    outgoing.on('drain', more)
    more()
  },
  'a small answer that is large when it is unpacked': (outgoing) => {
    outgoing.setHeader('Content-Encoding', 'gzip')
    outgoing.end(bomb)
  },
}

async function served(answer: (outgoing: ServerResponse) => void): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    incoming.resume()
    outgoing.on('error', () => undefined)
    answer(outgoing)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe.each(Object.entries(hostile))('%s', (_, answer) => {
  it('is given up by the client', async () => {
    const baseUrl = await served(answer)
    const client = createClient({ baseUrl, accessToken: 'a-token', retries: 0 })
    await expect(client.listUsers({ offset: 0, limit: 1 })).rejects.toMatchObject({
      name: 'NetworkError',
      message: expect.stringContaining(`larger than ${bounds.clientAnswerBytes.value} bytes`),
    })
  })

  it('is given up by what calls a control plane', async () => {
    const baseUrl = await served(answer)
    const call = createControlCall({ baseUrl, prefix: '/__admin', fetch })
    await expect(call.text('GET', '/snapshot')).rejects.toThrow(/answers more than \d+ bytes/)
  })
})

it('something else than a mock is called so by snapshot', async () => {
  const url = await served((outgoing) => void outgoing.end('{"hello":"world"}'))
  const { code, err } = await runToEnd(['snapshot', '--url', url])
  expect([code, err]).toEqual([1, expect.stringMatching(/^koodrive-mock: What answers at \S+ is not a mock/)])
})

it('an answer of more values than any page has is not JSON for the contract suite: to read it could take minutes', async () => {
  const answered = async (text: string) => {
    const { response } = await transmit(
      {} as never,
      { method: 'GET', url: 'http://127.0.0.1/', headers: [], body: undefined },
      {
        fetch: async () => new Response(text),
        timeoutMs: 60_000,
        maxBodyBytes: 2 ** 23,
        now: () => 0,
        elapsed: () => 0,
        signal: undefined,
      },
    )
    return response.json
  }
  expect(await answered(`[${'1,'.repeat(1000)}1]`)).toHaveLength(1001)
  expect(await answered(`[${'1,'.repeat(600_000)}1]`)).toBeUndefined()
})
