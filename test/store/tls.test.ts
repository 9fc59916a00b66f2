import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOG_VERSION } from '../../src/server/sandboxes/log-file.ts'
import { createAuthority } from '../../src/server/tls/authority.ts'
import { openStore } from '../../src/store/open-store.ts'
import { freePort } from '../support/free-port.ts'
import { type PostgresServer, startPostgres, whyNoPostgres } from '../support/postgres.mjs'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe.skipIf(whyNoPostgres !== undefined)('a database that wants TLS', () => {
  const authority = createAuthority(Date.now())
  let server: PostgresServer
  let url = ''
  beforeAll(async () => {
    server = await startPostgres({ tls: { port: await freePort(), ...authority.issue(['127.0.0.1']) } })
    url = await server.createDatabase()
  }, 60_000)
  afterAll(() => server.stop())

  /** A file with the certificate of an authority, as a parameter of a URL. */
  const trusting = (pem: string) => {
    const file = join(temporaryFolder(), 'ca.pem')
    writeFileSync(file, pem)
    return `&sslrootcert=${encodeURIComponent(file)}`
  }

  it.each<[string, () => string]>([
    ['without a look at the certificate', () => '?sslmode=require'],
    ['with the authority that it is of', () => `?sslmode=verify-full${trusting(authority.pem)}`],
  ])('is used %s', async (_, query) => {
    await (await openStore(url + query(), LOG_VERSION)).close()
  })

  it.each<[string, () => string, RegExp]>([
    ['a certificate that nobody vouches for', () => '?sslmode=verify-full', /TLS failed \(.*certificate.*\)/],
    [
      'a certificate of another authority',
      () => `?sslmode=verify-full${trusting(createAuthority(Date.now()).pem)}`,
      /TLS failed \(.*certificate.*\)/,
    ],
    ['no TLS', () => '?sslmode=disable', /does not let this user in/],
    [
      'a file that is none',
      () => '?sslmode=verify-full&sslrootcert=/no/ca.pem',
      /names the file \/no\/ca\.pem: it cannot be read/,
    ],
    ['a mode that is none', () => '?sslmode=sometimes', /sslmode/],
  ])('refuses %s in one line', async (_, query, message) => {
    await expect(openStore(url + query(), LOG_VERSION)).rejects.toMatchObject({
      name: 'StoreError',
      kind: expect.stringMatching(/^(?:refused|usage)$/),
      message: expect.stringMatching(message),
    })
    await expect(openStore(url + query(), LOG_VERSION)).rejects.not.toThrow(/\n/)
  })

  it('refuses a certificate for another host', async () => {
    const other = url.replace('127.0.0.1', 'localhost')
    await expect(
      openStore(`${other}?sslmode=verify-full${trusting(authority.pem)}`, LOG_VERSION),
    ).rejects.toMatchObject({ kind: 'refused', message: expect.stringMatching(/TLS failed \(.*localhost/) })
  })
})
