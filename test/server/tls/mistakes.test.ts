import { generateKeyPairSync } from 'node:crypto'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createMock } from '../../../src/index.ts'
import { createAuthority } from '../../../src/server/tls/authority.ts'
import { judge, run } from '../../support/judge.ts'
import { exchangeRaw } from '../../support/raw.ts'
import { listening, shakeHands } from '../../support/secure.ts'

const own = () => createAuthority(Date.UTC(2026, 0, 1)).issue(['mock.test'])
const request = 'GET /koodrive/ose/v1/userList HTTP/1.1\r\nHost: mock\r\nConnection: close\r\n\r\n'

describe('a client that speaks plain HTTP to a port with TLS', () => {
  it('is told so in an answer it can read, and the mock notices', async () => {
    const { port, notices } = await listening({ tls: true })
    const { text, how } = await exchangeRaw(port.url, request)
    expect(text).toMatch(/^HTTP\/1\.1 400 /)
    expect(text).toMatch(/X-Mock-Diagnosis: .*plain HTTP.*https:\/\//)
    expect(how).toBe('end')
    expect(notices).toEqual([expect.stringMatching(/plain HTTP.*https:\/\//)])
  })

  it('is noticed once, however often it tries', async () => {
    const { port, notices } = await listening({ tls: true })
    for (let times = 0; times < 3; times += 1) await exchangeRaw(port.url, request)
    expect(notices).toHaveLength(1)
  })
})

describe('a client that speaks TLS to a port with plain HTTP', () => {
  it('fails at once, and the mock notices and says what to do', async () => {
    const { port, notices } = await listening()
    expect(await shakeHands(port.port)).toMatch(/WRONG_VERSION|SSL/)
    expect(notices).toEqual([expect.stringMatching(/spoke TLS.*http:\/\/.*--tls/)])
  })
})

describe('a handshake', () => {
  it('of a version that is no longer spoken is noticed with those that are', async () => {
    const { port, ca, notices } = await listening({ tls: true })
    const old = { ca, minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }
    expect(await shakeHands(port.port, old)).toBeTypeOf('string')
    await expect.poll(() => notices).toEqual([expect.stringMatching(/TLS 1\.2 and 1\.3/)])
  })

  it('that never comes harms nobody', async () => {
    const { port, ca } = await listening({ tls: true })
    const silent = connect(port.port, '127.0.0.1')
    await new Promise((resolve) => silent.once('connect', resolve))
    const hasty = connect(port.port, '127.0.0.1', () => hasty.destroy())
    await new Promise((resolve) => hasty.once('close', resolve))
    const half = connect(port.port, '127.0.0.1', () => half.write(Buffer.from([0x16])))
    await new Promise((resolve) => half.once('connect', resolve))
    expect(await shakeHands(port.port, { ca })).toBeTypeOf('object')
    await port.close()
  })
})

judge('a client that does not trust the certificate is noticed with the cure', 'curl', async (curl) => {
  const { port, notices } = await listening({ tls: true })
  await expect(run(curl, ['-sS', port.url])).rejects.toThrow(/certificate/)
  expect(notices).toEqual([expect.stringMatching(/does not trust.*NODE_EXTRA_CA_CERTS.*--cacert/)])
})

describe('a certificate of your own', () => {
  it('is shown, and there is no other to trust', async () => {
    const authority = createAuthority(Date.now())
    const { port } = await listening({ tls: authority.issue(['mock.test', '127.0.0.1']) })
    expect(port.ca).toBeUndefined()
    expect(await shakeHands(port.port, { ca: authority.pem, servername: 'mock.test' })).toBeTypeOf('object')
  })

  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const encrypted = privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'not-shown' })
    .toString()
  const { cert, key } = own()
  it.each([
    ['whose key is another', { cert, key: own().key }, /key does not belong to the certificate/],
    ['that is none', { cert: 'x', key }, /not PEM that starts with -----BEGIN CERTIFICATE-----\./],
    ['that is a key', { cert: key, key }, /BEGIN CERTIFICATE-----.*holds PRIVATE KEY/],
    ['that is cut short', { cert: cert.slice(0, 200), key }, /BEGIN CERTIFICATE/],
    ['whose key is none', { cert, key: 'x' }, /not PEM of a private key/],
    ['whose key is a certificate', { cert, key: cert }, /private key but holds CERTIFICATE/],
    [
      'whose key is public',
      { cert, key: String(publicKey.export({ type: 'spki', format: 'pem' })) },
      /holds PUBLIC KEY/,
    ],
    ['whose key is encrypted', { cert, key: encrypted }, /encrypted.*openssl pkey/],
  ])('%s is refused before a port is opened, without a word of the key', async (_, tls, reason) => {
    const mock = createMock()
    const error: Error = await mock.listen({ port: 0, tls }).then(
      () => expect.unreachable(),
      (thrown) => thrown,
    )
    expect([error.name, error.message]).toEqual(['TlsError', expect.stringMatching(reason)])
    expect(error.message).not.toContain(key.split('\n')[1])
    await mock.close()
  })
})

describe('a choice of TLS that is none', () => {
  it.each([[{}], ['yes'], [null], [{ names: 'mock.test' }]])(
    '%j is refused with the choices there are',
    async (tls) => {
      const mock = createMock()
      await expect(mock.listen({ port: 0, tls: tls as never })).rejects.toThrow(
        "tls: expected true, { names: ['mock.test'] } or { cert, key } in PEM.",
      )
      await mock.close()
    },
  )
})
