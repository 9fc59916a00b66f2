import { createPrivateKey, X509Certificate } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createAuthority } from '../../../src/server/tls/authority.ts'
import { certified, namesOf } from '../../../src/server/tls/names.ts'
import { judge, run } from '../../support/judge.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const NOW = Date.UTC(2026, 10, 21, 8)
const DAY_MS = 86_400_000
const names = namesOf('10.1.2.3', ['mock.test', '*.mock.test', 'bücher.example', 'fe80::1%eth0', '::ffff:1.2.3.4'])

const made = (now = NOW) => {
  const authority = createAuthority(now)
  const { cert, key } = authority.issue(names)
  return { ca: new X509Certificate(authority.pem), server: new X509Certificate(cert), cert, key, pem: authority.pem }
}

describe('the certificate of a server', () => {
  const { ca, server, key, cert, pem } = made()

  it.each([
    'localhost',
    'intl.myhuaweicloud-koodrive.com',
    'cn.myhuaweicloud-koodrive.com',
    'mock.test',
    'a.mock.test',
    'xn--bcher-kva.example',
  ])('is good for the host %s', (host) => {
    expect(server.checkHost(host)).toBeDefined()
  })

  it.each(['127.0.0.1', '::1', '10.1.2.3', 'fe80::1', '::ffff:102:304'])('is good for the address %s', (address) => {
    expect(server.checkIP(address)).toBeDefined()
  })

  it.each(['evil.example', 'a.b.mock.test', 'myhuaweicloud-koodrive.com'])('is not good for %s', (host) => {
    expect(server.checkHost(host)).toBeUndefined()
  })

  it('is signed by the authority, belongs to its key, and can sign nothing itself', () => {
    expect([server.checkIssued(ca), server.verify(ca.publicKey), server.ca]).toEqual([true, true, false])
    expect(server.checkPrivateKey(createPrivateKey(key))).toBe(true)
  })

  it('comes with the authority behind it, as servers send their chain', () => {
    expect(cert.endsWith(pem)).toBe(true)
    expect(cert.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
  })

  it('is good from yesterday on and for less than 398 days', () => {
    for (const one of [ca, server]) {
      expect(Date.parse(one.validFrom)).toBe(NOW - DAY_MS)
      expect(Date.parse(one.validTo)).toBe(NOW + 397 * DAY_MS)
    }
  })

  it('is good beyond 2049, when times are written differently', () => {
    const { server: later } = made(Date.UTC(2051, 0, 1))
    expect(Date.parse(later.validFrom)).toBe(Date.UTC(2050, 11, 31))
  })
})

describe('an authority', () => {
  it('is one: it may sign, and is signed by itself', () => {
    const { ca } = made()
    expect([ca.ca, ca.checkIssued(ca), ca.verify(ca.publicKey)]).toEqual([true, true, true])
  })

  it('is another in each mock: key, name and serial number are random', () => {
    const [one, other] = [made(), made()]
    expect(one.ca.fingerprint256).not.toBe(other.ca.fingerprint256)
    expect(one.ca.subject).not.toBe(other.ca.subject)
    expect(one.server.serialNumber).not.toBe(other.server.serialNumber)
    expect(other.server.verify(one.ca.publicKey)).toBe(false)
  })

  it('never shows its key', () => {
    expect(made().pem).not.toContain('PRIVATE')
  })
})

describe('the names of a server', () => {
  it('are those of the machine, the address it listens on, production, and further ones', () => {
    expect(namesOf('127.0.0.1', ['mock.test'])).toEqual([
      'localhost',
      '127.0.0.1',
      '::1',
      'intl.myhuaweicloud-koodrive.com',
      'cn.myhuaweicloud-koodrive.com',
      'mock.test',
    ])
  })

  it.each(['0.0.0.0', '::'])('are all addresses of the machine when it listens on %s', (host) => {
    const addresses = Object.values(networkInterfaces()).flatMap((all = []) => all.map(({ address }) => address))
    expect(namesOf(host, [])).toEqual(expect.arrayContaining(addresses))
    expect(namesOf(host, [])).not.toContain(host)
  })

  it.each(['', 'a b', 'a..b', '-a', 'http://mock.test', `${'a'.repeat(64)}.test`, '*'])('cannot be "%s"', (name) => {
    expect(() => certified(name)).toThrow(TypeError)
    expect(() => namesOf('127.0.0.1', [name])).toThrow(/neither a host name nor an address/)
  })
})

judge('openssl accepts the chain by its strict rules, for each kind of name', 'openssl', async (openssl) => {
  const { pem, cert } = made(Date.now())
  const [caFile, certFile] = [join(temporaryFolder(), 'ca.pem'), join(temporaryFolder(), 'cert.pem')]
  writeFileSync(caFile, pem)
  writeFileSync(certFile, cert)
  const verify = ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', caFile]
  for (const name of [
    ['-verify_hostname', 'localhost'],
    ['-verify_ip', '::1'],
  ]) {
    expect(await run(openssl, [...verify, ...name, certFile])).toContain('OK')
  }
  await expect(run(openssl, [...verify, '-verify_hostname', 'evil.example', certFile])).rejects.toThrow(/mismatch/)
})
