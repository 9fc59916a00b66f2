import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { toIso } from '../../world/instant.ts'
import { writeCertificate } from './certificate.ts'
import { toPem } from './der.ts'
import { certified } from './names.ts'

/** What a server shows and the key that goes with it, both as PEM. */
export interface KeyPair {
  readonly cert: string
  readonly key: string
}

/** A certificate authority that lives as long as the process: clients that trust it trust the servers of this mock. */
export interface Authority {
  /** Its certificate as PEM. No secret. */
  readonly pem: string
  /** Makes a certificate for a server of these names. */
  issue(names: readonly string[]): KeyPair
}

const DAY_MS = 86_400_000
/** A clock that is behind still finds the certificate valid. */
const EARLIER_MS = DAY_MS
/** Some clients refuse certificates that are good for more than 398 days. */
const LIFE_MS = 397 * DAY_MS

const keyPair = (): { publicKey: KeyObject; privateKey: KeyObject } =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' })

/**
 * Makes an authority. Its key is random, is in no file and is gone with the process, so that nobody can misuse the trust
 * that a developer once gave it.
 *
 * @param now epoch milliseconds of the machine: clients look at real time, whatever the clock of a sandbox says.
 */
export function createAuthority(now: number): Authority {
  const { publicKey, privateKey } = keyPair()
  const issuer = `koodrive-mock CA ${randomBytes(4).toString('hex')}`
  const common = { issuer, issuerKey: publicKey, notBefore: toIso(now - EARLIER_MS), notAfter: toIso(now + LIFE_MS) }
  const write = (subject: string, key: KeyObject, use: Parameters<typeof writeCertificate>[0]['use']): string =>
    toPem('CERTIFICATE', writeCertificate({ ...common, serial: serial(), subject, publicKey: key, use }, privateKey))
  const pem = write(issuer, publicKey, 'authority')
  return {
    pem,
    issue(names) {
      const server = keyPair()
      const cert = write('koodrive-mock', server.publicKey, names.map(certified))
      return { cert: cert + pem, key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
    },
  }
}

function serial(): Buffer {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40
  return bytes
}
