import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { KeyPair } from './authority.ts'

/** A certificate or key that no server could use. The message names what is wrong and never quotes a key. */
class TlsError extends Error {
  override name = 'TlsError' as const
}

/**
 * A certificate and its key as PEM, looked at before a port is opened with them.
 *
 * @throws TlsError when one is no PEM of its kind, the key is encrypted, or the two do not belong together.
 */
export function ownKeyPair({ cert, key }: { cert: string | Uint8Array; key: string | Uint8Array }): KeyPair {
  const [certificate, privateKey] = [textOf(cert), textOf(key)]
  const parsed = asCertificate(certificate)
  const secret = asPrivateKey(privateKey)
  if (!parsed.checkPrivateKey(secret)) {
    throw new TlsError('the key does not belong to the certificate. Give the key that the certificate was made with.')
  }
  return { cert: certificate, key: privateKey }
}

const textOf = (content: string | Uint8Array): string =>
  typeof content === 'string' ? content : Buffer.from(content).toString('latin1')

function asCertificate(pem: string): X509Certificate {
  try {
    if (pem.includes('-----BEGIN CERTIFICATE-----')) return new X509Certificate(pem)
  } catch {}
  const instead = /-----BEGIN ([A-Z ]+)-----/.exec(pem)?.[1]
  throw new TlsError(
    `the certificate is not PEM that starts with -----BEGIN CERTIFICATE-----${instead === undefined ? '' : ` but holds ${instead}`}.`,
  )
}

function asPrivateKey(pem: string): ReturnType<typeof createPrivateKey> {
  if (/ENCRYPTED/.test(pem)) {
    throw new TlsError('the key is encrypted. Write it without a passphrase: openssl pkey -in KEY -out PLAIN-KEY.')
  }
  try {
    return createPrivateKey(pem)
  } catch {
    const instead = /-----BEGIN ([A-Z ]+)-----/.exec(pem)?.[1]
    throw new TlsError(
      `the key is not PEM of a private key${instead === undefined || /PRIVATE KEY/.test(instead) ? '' : ` but holds ${instead}`}.`,
    )
  }
}
