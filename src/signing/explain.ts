import { labelCanonicalLines } from './canonical-lines.ts'
import type { SignedRequest } from './sign.ts'

const LABEL_WIDTH = 20

/**
 * What `sign` did, for people: the canonical request with each line named, the string to sign, the signature and the
 * Authorization header. Plain text without the AppSecret, ending in a line feed.
 *
 * @example
 * process.stdout.write(explainSigning(sign(request, { appId, appSecret })))
 */
export function explainSigning(signed: SignedRequest): string {
  const [algorithm = '', hash = ''] = signed.stringToSign.split('\n')
  return [
    'Canonical request (lines joined by line feeds, none at the end)',
    ...labelCanonicalLines(signed.canonicalRequest).map(({ part, text }) => row(part, text)),
    '',
    'String to sign (two lines)',
    row('algorithm', algorithm),
    row('hash', `${hash}  = hex(SHA-256(canonical request))`),
    '',
    'Signature = hex(HMAC-SHA256(AppSecret, string to sign))',
    row('signature', signed.signature),
    '',
    'Header to send',
    row('Authorization', signed.authorization),
    '',
  ].join('\n')
}

function row(label: string, text: string): string {
  return `  ${label.padEnd(LABEL_WIDTH)}${text}`.trimEnd()
}
