import { documented } from '../../spec/evidence.ts'
import { limits } from '../../spec/limits.ts'
import { operations } from '../../spec/operations.ts'
import type { ExportedFile } from '../exported-file.ts'
import { code, page, table } from './markdown.ts'
import type { SignatureExample } from './tables.ts'

const PROVENANCE = documented('signing', 'all steps')
const BODY = 'inferred from sibling documents of the vendor'

/** The app signature: what to send, how each line is made, one request worked through, and where to look on. */
export function signaturePage({ signatureExamples }: { signatureExamples: readonly SignatureExample[] }): ExportedFile {
  const signed = operations.filter(({ authentication }) => authentication === 'signature')
  return page(
    'signature',
    'Signature',
    `${signed.map(({ operationId }) => code(operationId)).join(' and ')} take an app signature and nothing else; operations that take an access token take a signature too, unless [their row](operations.md) says whose token they want. The AppSecret itself is never sent.`,
    '## Headers to send',
    table(
      ['header', 'value'],
      [
        [
          '`X-Date`',
          `Now in UTC, as \`yyyyMMddTHHmmssZ\`: \`20260416T080000Z\`. At most ${limits.dateMaxAgeSeconds / 60} minutes old and not in the future (reading [\`future-date-tolerance\`](readings.md#future-date-tolerance)). Make it again for every attempt.`,
        ],
        ['`X-User-Id`', 'User id of the caller: of a system administrator, for batch provisioning.'],
        ['`Host`', 'As every HTTP client sends it, with the port unless it is the one of the scheme.'],
        [
          '`Authorization`',
          '`HMAC-SHA256 AppId=<appId>,SignedHeaders=host;x-date;x-user-id,Signature=<hex>`. One space after the algorithm, none after the commas.',
        ],
      ],
    ),
    '## Canonical request',
    'These lines, joined by line feeds, without one at the end:',
    table(
      ['line', 'what it holds', 'how well known'],
      [
        ['method', 'In upper case.', 'documented'],
        [
          'path',
          'As sent, each segment percent-encoded once (RFC 3986: all but letters, digits and `-._~`), **with a slash at its end**. The request itself is sent without it.',
          'documented',
        ],
        [
          'query',
          'Names and values percent-encoded like the path (a space is `%20`, never `+`), `name=` for an empty value, sorted by the character codes of the encoded name, then of the value, joined by `&`. Empty without a query.',
          'documented',
        ],
        [
          'headers',
          'One line for each signed header, `name:value`: the name in lower case, the value trimmed, sorted by name. Sign `host`, `x-date` and `x-user-id`; further ones may be signed.',
          'documented; the order is inferred',
        ],
        ['an empty line', '', 'documented'],
        ['signed headers', 'Their names in lower case, sorted, joined by `;`.', 'documented'],
        [
          'body hash',
          'SHA-256 of the bytes of the body as they are sent, in lower-case hex; of no bytes without a body.',
          BODY,
        ],
      ],
    ),
    '## String to sign and signature',
    'The string to sign has two lines: `HMAC-SHA256`, and the SHA-256 of the canonical request in lower-case hex. It has **no date line**: signers for `SDK-HMAC-SHA256` of other services do not fit.',
    'The signature is the HMAC-SHA256 of the string to sign, keyed with the UTF-8 bytes of the AppSecret, in lower-case hex.',
    `Source: ${PROVENANCE.source}, pages of the vendor. [How far to trust it](../explanation/evidence.md).`,
    '## Worked through',
    'With the credentials of the mock, for programs of yours to be tested against. `--explain` prints the same for any request.',
    ...signatureExamples.map(({ title, command, printed }) =>
      [`### ${title}`, `\`\`\`sh\n${command}\n\`\`\``, `\`\`\`text\n${printed}\n\`\`\``].join('\n\n'),
    ),
    '## Programs',
    table(
      ['in', 'take'],
      [
        ['Node', '`sign` of `koodrive-mock/signing`, or `koodrive-mock/client`, which signs by itself'],
        ['Python, Java, Go, shell', 'the signer of an [example](../../examples/README.md)'],
        ['a shell', '`npx koodrive-mock sign METHOD URL --data BODY | sh`'],
        ['another language', 'code samples of the console, of `/__admin/docs` and of `POST /__admin/signature/sign`'],
        ['Postman, Bruno', 'the script of the [collection](../../collections/README.md)'],
      ],
    ),
    '## When it is refused',
    'The header `X-Mock-Diagnosis` names the mistake, [how it is found](../explanation/signature.md). When nothing known explains it: `sign METHOD URL --date X-DATE --compare @your-canonical-request.txt` shows the first line that differs.',
  )
}
