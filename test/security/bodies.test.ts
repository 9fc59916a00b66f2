import { connect, type Socket } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createMock } from '../../src/index.ts'
import { BodyBudget, bodyBudget, type HeldBody } from '../../src/server/http/body-budget.ts'
import { BodyBytes } from '../../src/server/http/body-bytes.ts'
import { openConnections } from '../../src/server/http/connections.ts'
import { bounds } from '../../src/shared/bounds.ts'
import { hasMoreValues } from '../../src/shared/json.ts'
import { paths } from '../support/client.ts'

const MIB = 1024 * 1024

async function port() {
  const mock = createMock()
  onTestFinished(() => mock.close())
  return { mock, ...(await mock.listen({ port: 0 })) }
}

/** A client that sends a body in chunks and never ends it; what it hears is in `heard`. */
async function sender({ port: at }: { port: number }, path: string, method = 'POST') {
  const socket: Socket = connect(at, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  let heard = ''
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1')
  })
  socket.on('error', () => undefined)
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.write(
    `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer mock-admin-token\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
  )
  const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(MIB, ' '), Buffer.from('\r\n')])
  return {
    heard: () => heard,
    ended,
    /** Sends mebibytes of it, as far as the server takes them. */
    async send(mebibytes: number): Promise<void> {
      for (let n = 0; n < mebibytes && !socket.destroyed; n += 1) {
        await new Promise<void>((resolve) => socket.write(chunk, () => resolve()))
      }
    },
    leave: () => void socket.destroy(),
    sendRaw: (text: string) => new Promise<void>((resolve) => socket.write(text, () => resolve())),
    answered: () => expect.poll(() => heard, { timeout: 10_000 }).toMatch(/^HTTP\/1\.1 \d{3} /),
  }
}

const held = (bytes: number) => expect.poll(() => bodyBudget.bytes, { timeout: 10_000 }).toBe(bytes)

describe('all bodies that are held at once', () => {
  it('stay below a bound, whoever sends them: the largest that is still coming makes room, and the others are served', {
    timeout: 60_000,
  }, async () => {
    const listening = await port()
    const large = await sender(listening, '/__admin/snapshot', 'PUT')
    await large.send(50)
    await held(50 * MIB)
    const small = await sender(listening, paths.preverify)
    await small.send(10)
    await held(60 * MIB)
    const further = await sender(listening, paths.create)
    await further.send(6)
    await large.answered()
    expect(large.heard()).toMatch(/^HTTP\/1\.1 503 [\s\S]*at most 67108864 bytes together/)
    expect([small.heard(), further.heard()]).toEqual(['', ''])
    await held(16 * MIB)
    const polite = await fetch(`${listening.url}${paths.preverify}`, {
      method: 'POST',
      body: '{"curDeptId":1,"userList":[]}',
      headers: { Authorization: 'Bearer mock-admin-token' },
    })
    expect(polite.status).toBe(400)
  })

  it('hold nothing any more when their clients hang up, or when they were too large', async () => {
    const listening = await port()
    const tooLarge = await sender(listening, paths.preverify)
    await tooLarge.send(13)
    await tooLarge.answered()
    expect(tooLarge.heard()).toMatch(/^HTTP\/1\.1 413 /)
    const noFile = await sender(listening, '/__admin/sandboxes')
    await noFile.send(5)
    await noFile.answered()
    expect(noFile.heard()).toMatch(/^HTTP\/1\.1 413 [\s\S]*larger than 4194304 bytes/)
    await held(0)
  })

  it('are given up in the order of their size, as few as need be', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 }), (sizes) => {
        const budget = new BodyBudget(100)
        const bodies: { size: number; isGivenUp: boolean; held: HeldBody }[] = []
        for (const size of sizes) {
          const body = { size, isGivenUp: false } as (typeof bodies)[number]
          body.held = budget.begin(() => {
            body.isGivenUp = true
          })
          bodies.push(body)
          const largest = Math.max(...bodies.filter(({ isGivenUp }) => !isGivenUp).map((one) => one.size))
          const before = bodies.filter(({ isGivenUp }) => isGivenUp).length
          body.held.take(size)
          const given = bodies.filter(({ isGivenUp }) => isGivenUp)
          expect(budget.bytes).toBeLessThanOrEqual(100)
          expect(budget.bytes).toBe(bodies.reduce((sum, one) => sum + (one.isGivenUp ? 0 : one.size), 0))
          if (given.length > before) expect(given.some((one) => one.size === largest)).toBe(true)
        }
        for (const { held } of bodies) held.release()
        expect(budget.bytes).toBe(0)
      }),
    )
  })

  it('make room for none that is there already: what is complete is worked on', () => {
    const budget = new BodyBudget(100)
    const complete = budget.begin(() => expect.unreachable())
    complete.take(90)
    complete.complete()
    let isGivenUp = false
    budget
      .begin(() => {
        isGivenUp = true
      })
      .take(20)
    expect(isGivenUp).toBe(true)
    expect(budget.bytes).toBe(90)
    complete.release()
    expect(budget.bytes).toBe(0)
  })

  it('of calls take a part of it only', { timeout: 60_000 }, async () => {
    const listening = await port()
    const senders = await Promise.all(Array.from({ length: 5 }, () => sender(listening, paths.preverify)))
    for (const one of senders) await one.send(9)
    await expect.poll(() => senders.some((one) => / 503 /.test(one.heard())), { timeout: 10_000 }).toBe(true)
    await expect.poll(() => bodyBudget.bytes, { timeout: 10_000 }).toBeLessThanOrEqual(bounds.callBodiesInFlight.value)
    expect(senders.find((one) => one.heard() !== '')?.heard()).toMatch(
      new RegExp(`at most ${bounds.callBodiesInFlight.value} bytes together`),
    )
  })

  it('come in few pieces, or are refused before the pieces cost more than what is in them', async () => {
    const listening = await port()
    const tiny = await sender(listening, paths.preverify)
    await tiny.sendRaw('1\r\na\r\n'.repeat(bounds.bodyPieces.value + 1000))
    await tiny.answered()
    expect(tiny.heard()).toMatch(/^HTTP\/1\.1 413 [\s\S]*comes in more than 100000 pieces/)
    await held(0)
  })

  it('are put together in their order, whatever pieces they came in', async () => {
    const listening = await port()
    const text = JSON.stringify({ curDeptId: 1, users: [], note: 'abc'.repeat(30_000) })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 60, maxLength: 200 }),
        async (sizes) => {
          const socket = await sender(listening, paths.preverify)
          let at = 0
          for (const size of [...sizes, text.length]) {
            const piece = text.slice(at, at + size)
            at += piece.length
            if (piece !== '') await socket.sendRaw(`${piece.length.toString(16)}\r\n${piece}\r\n`)
          }
          await socket.sendRaw('0\r\n\r\n')
          await socket.answered()
          const [kept] = listening.mock.defaultSandbox.journal.list({ limit: 1 })
          expect(kept?.request.body).toBe(text)
        },
      ),
      { numRuns: 5 },
    )
  })

  it('give their memory back with the end of their call, and not before, though the client has gone', async () => {
    let [answer, length] = [() => {}, 0]
    const mock = createMock({
      routes: [
        {
          method: 'POST',
          path: '/held',
          answer: async ({ request: { body } }) => {
            const { padding } = body as { padding: string }
            length = padding.length
            await new Promise<void>((resolve) => {
              answer = resolve
            })
            return { body: {} }
          },
        },
      ],
    })
    onTestFinished(() => mock.close())
    const listening = await mock.listen({ port: 0 })
    const padding = 'a'.repeat(MIB)
    const gone = await sender(listening, '/held')
    const text = JSON.stringify({ padding })
    await gone.sendRaw(`${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`)
    await expect.poll(() => length, { timeout: 10_000 }).toBe(MIB)
    const { size } = openConnections
    gone.leave()
    await expect.poll(() => openConnections.size, { timeout: 10_000 }).toBeLessThan(size)
    expect(bodyBudget.bytes).toBe(text.length)
    answer()
    await held(0)
    await expect.poll(() => mock.defaultSandbox.journal.list({ limit: 1 }).length).toBe(1)
    const [kept] = mock.defaultSandbox.journal.list({ limit: 1 })
    expect(kept?.request.body).toBe(text.slice(0, bounds.journalBodyBytes.value))
  })

  it('hold one of the control plane that is as large as it may be', () => {
    expect(bounds.bodiesInFlight.value).toBeGreaterThanOrEqual(bounds.controlFileBytes.value)
  })
})

describe('the bytes of one body', () => {
  it('are those of its pieces; dropped, a large one is empty for whoever still has it, and a small one stays', () => {
    const { value: small } = bounds.journalBodyBytes
    const size = fc.oneof(fc.nat({ max: 100 }), fc.nat({ max: 100_000 }))
    const pieces = fc.array(size, { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(pieces, (sizes) => {
        const chunks = sizes.map((size, index) => new Uint8Array(size).fill(index + 1))
        const expected = Buffer.concat(chunks)
        const body = new BodyBytes(expected.length)
        for (const chunk of chunks) body.add(chunk)
        const all = body.all()
        expect(expected.equals(all)).toBe(true)
        body.drop()
        const isKept = expected.length <= small || chunks.length === 1
        expect(all).toHaveLength(isKept ? expected.length : 0)
        expect(body.all()).toHaveLength(0)
      }),
      { numRuns: 50 },
    )
  })

  it('say how many values they hold as their string does', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat({ max: 40 }), fc.nat({ max: 9 }), (json, most, cut) => {
        const text = json.slice(0, json.length - cut)
        expect(hasMoreValues(Buffer.from(text), most)).toBe(hasMoreValues(text, most))
      }),
    )
  })
})

describe('a body that breaks the protocol', () => {
  it.each([
    ['to create a batch', paths.create, /^HTTP\/1\.1 400 [\s\S]*\r\n\r\n\{"code":400,"msg":"Bad Request"\}$/],
    ['of the control plane', '/__admin/sandboxes', /^HTTP\/1\.1 400 [\s\S]*\r\n\r\n\{.*"status":400.*\}$/],
  ])('%s is refused, and its connection ends', async (_, path, answer) => {
    const { port: at } = await port()
    for (const rest of ['zz\r\n', '1;a="\u0001"\r\na\r\n', '1\r\na\r\n0\r\nno trailer\r\n\r\n']) {
      const client = await sender({ port: at }, path)
      await client.sendRaw(`1\r\n{\r\n${rest}`)
      await client.ended
      expect(client.heard()).toMatch(answer)
    }
  })
})
