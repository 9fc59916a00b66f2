import type { SecurityRequirementObject, SecuritySchemeObject } from 'openapi3-ts/oas31'
import { documented, inferred } from '../evidence.ts'
import type { Authentication } from '../operation.ts'

const xOf = ({ evidence, source }: { evidence: string; source: string }) => ({
  'x-evidence': evidence,
  'x-source': source,
})

/** The signature scheme in words and, under `x-signature`, for machines: OpenAPI has no scheme for HMAC. */
const appSignature: SecuritySchemeObject = {
  type: 'apiKey',
  in: 'header',
  name: 'Authorization',
  description: [
    'App signature: `HMAC-SHA256 AppId=<appId>,SignedHeaders=<a;b;c>,Signature=<hex>`, with the headers X-Date and X-User-Id.',
    '',
    '1. Canonical request, lines joined by a line feed: the method in upper case; the path, each segment percent-encoded, with a slash at the end; the query, percent-encoded (RFC 3986) and sorted by character code, `name=` for an empty value; each signed header as `lower-case-name:trimmed value`; an empty line; the signed header names in lower case, sorted, joined by `;`; the lower-case hex SHA-256 of the body bytes (of nothing, when there is no body).',
    '2. String to sign: `HMAC-SHA256`, a line feed, and the lower-case hex SHA-256 of the canonical request. It has no date line.',
    '3. Signature: lower-case hex HMAC-SHA256 of the string to sign, keyed with the UTF-8 bytes of the AppSecret.',
  ].join('\n'),
  'x-signature': {
    algorithm: 'HMAC-SHA256',
    header: 'HMAC-SHA256 AppId={appId},SignedHeaders={signedHeaders},Signature={signature}',
    canonicalRequest: ['method', 'path', 'query', 'headers', '', 'signedHeaders', 'bodyHash'],
    path: { encoding: 'rfc3986', trailingSlash: 'added', dotSegments: 'removed' },
    query: { encoding: 'rfc3986', sort: 'character code of the name, then of the value', emptyValue: 'name=' },
    headers: { names: 'lower case', values: 'trimmed', order: 'sorted', required: ['x-date', 'x-user-id'] },
    bodyHash: { algorithm: 'SHA-256', encoding: 'hex, lower case', emptyBody: 'hash of no bytes' },
    stringToSign: ['HMAC-SHA256', 'hex(SHA-256(canonicalRequest))'],
    signature: { key: 'AppSecret as UTF-8', encoding: 'hex, lower case' },
    date: { header: 'X-Date', format: "yyyyMMdd'T'HHmmss'Z'", maxAgeSeconds: 900, futureSeconds: 0 },
  },
  ...xOf(documented('signing', 'all steps; the body hash is inferred from sibling specifications')),
}

const accessToken: SecuritySchemeObject = {
  type: 'http',
  scheme: 'bearer',
  description:
    'Access token. The pages also write `Bearer+<token>`; that form and the bare token are accepted too (reading bearer-form).',
  ...xOf(inferred('The pages write Bearer+{access_token} and Bearer {app_access_token}; reading bearer-form')),
}

export const securitySchemes = { appSignature, accessToken }

/** What an operation asks of its caller; alternatives stand side by side. */
export const securityOf: Record<Authentication, SecurityRequirementObject[]> = {
  signature: [{ appSignature: [] }],
  token: [{ accessToken: [] }, { appSignature: [] }],
  session: [{ accessToken: [] }],
  'optional-session': [{ accessToken: [] }, {}],
  none: [],
}
