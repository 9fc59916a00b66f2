import type { SignedRequest } from '../sign.ts'

/** What was signed, for the command line. */
export const explainSigning = ({ canonicalRequest, stringToSign, authorization }: SignedRequest): string =>
  [
    'Canonical request:',
    canonicalRequest,
    '',
    'String to sign:',
    stringToSign,
    '',
    `Authorization: ${authorization}`,
  ].join('\n')
