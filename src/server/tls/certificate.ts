import { createHash, type KeyObject, sign } from 'node:crypto'
import { bits, context, integer, octets, oid, sequence, set, time, utf8, yes } from './der.ts'
import type { CertifiedName } from './names.ts'

/** What a certificate says (RFC 5280). */
export interface CertificateContent {
  /** 1 to 20 bytes, the first below 0x80 and not 0. */
  readonly serial: Uint8Array
  readonly subject: string
  readonly issuer: string
  /** ISO 8601 in UTC. */
  readonly notBefore: string
  readonly notAfter: string
  readonly publicKey: KeyObject
  /** Public key of the issuer. */
  readonly issuerKey: KeyObject
  /** What it is good for: to sign other certificates, or to prove that a server has these names. */
  readonly use: 'authority' | readonly CertifiedName[]
}

const oids = {
  commonName: '2.5.4.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuthentication: '1.3.6.1.5.5.7.3.1',
} as const

const VERSION_3 = 2
const KEY_ID_BYTES = 20

const algorithm = sequence(oid(oids.ecdsaWithSha256))

/** An X.509 v3 certificate in DER, signed with the issuer's private key on the curve P-256. */
export function writeCertificate(content: CertificateContent, issuerPrivateKey: KeyObject): Buffer {
  const signed = sequence(
    context(0, integer(Buffer.from([VERSION_3])), true),
    integer(content.serial),
    algorithm,
    nameOf(content.issuer),
    sequence(time(content.notBefore), time(content.notAfter)),
    nameOf(content.subject),
    content.publicKey.export({ type: 'spki', format: 'der' }),
    context(3, sequence(...extensionsOf(content)), true),
  )
  return sequence(signed, algorithm, bits(sign('sha256', signed, issuerPrivateKey)))
}

const nameOf = (commonName: string): Buffer => sequence(set(sequence(oid(oids.commonName), utf8(commonName))))

function extensionsOf({ use, publicKey, issuerKey }: CertificateContent): Buffer[] {
  const own = extension(oids.subjectKeyIdentifier, false, octets(keyId(publicKey)))
  const signer = extension(oids.authorityKeyIdentifier, false, sequence(context(0, keyId(issuerKey), false)))
  if (use === 'authority') {
    return [
      extension(oids.basicConstraints, true, sequence(yes, integer(Buffer.from([0])))),
      // keyCertSign and cRLSign: bits 5 and 6.
      extension(oids.keyUsage, true, bits(Buffer.from([0b0000_0110]), 1)),
      own,
      signer,
    ]
  }
  return [
    extension(oids.basicConstraints, true, sequence()),
    // digitalSignature: bit 0.
    extension(oids.keyUsage, true, bits(Buffer.from([0b1000_0000]), 7)),
    extension(oids.extendedKeyUsage, false, sequence(oid(oids.serverAuthentication))),
    extension(oids.subjectAltName, false, sequence(...use.map(alternativeName))),
    own,
    signer,
  ]
}

const extension = (id: string, isCritical: boolean, value: Uint8Array): Buffer =>
  sequence(oid(id), ...(isCritical ? [yes] : []), octets(value))

const alternativeName = (name: CertifiedName): Buffer =>
  'dns' in name ? context(2, Buffer.from(name.dns, 'latin1'), false) : context(7, name.ip, false)

/** The first 160 bits of the SHA-256 of the key (RFC 7093, method 1). */
function keyId(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  const point = [Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
  return createHash('sha256').update(Buffer.concat(point)).digest().subarray(0, KEY_ID_BYTES)
}
