import { commonErrors, type ErrorName, errorEntry } from '../spec/errors.ts'
import { limits } from '../spec/limits.ts'
import { authenticationTexts } from '../spec/operation.ts'
import { managementOperations, operations, referenceOperations } from '../spec/operations.ts'
import { readingIds } from '../spec/readings.ts'
import type { ExportedFile, ExportSettings } from './exported-file.ts'
import { provisioning } from './sample.ts'

/** Facts and links for coding assistants, in the form of https://llmstxt.org. */
export const toLlms = (settings: ExportSettings): ExportedFile[] => [{ path: 'llms.txt', text: `${text(settings)}\n` }]

const names = [...new Set<ErrorName>([...operations.flatMap(({ errors }) => errors), ...commonErrors])]

const text = ({ baseUrl, appId, appSecret, userId, accessToken }: ExportSettings): string =>
  [
    '# koodrive-mock',
    '',
    '> A mock of the KooDrive enterprise API (batch provisioning of users, import pre-verification, listings), and a contract kit that checks the mock and the real service alike. It verifies signatures and explains wrong ones. Node 20.19 or newer, no network.',
    '',
    '## Start the mock',
    '',
    `- Process: \`npx koodrive-mock --port 0\`; the last line of its output is \`koodrive-mock ready on http://HOST:PORT\`. Without --port it listens on ${baseUrl}.`,
    "- In a test: `import { createMock } from 'koodrive-mock'`; `createMock().fetch(request)` answers without a port, `listen({ port: 0 })` gives `{ url }`, `close()` ends it. `mock.sandbox({ scenario: 'duplicates' })` is an organisation with credentials of its own.",
    `- Credentials of the sandbox default: AppId \`${appId}\`, AppSecret \`${appSecret}\`, X-User-Id \`${userId}\`, access token \`${accessToken}\`.`,
    '- Time is virtual: `sandbox.clock.advance("PT16M")`, or `POST /__admin/sandboxes/default/clock/advance` with `{"by": "PT16M"}`. Do not sleep in tests.',
    '- Every refusal says why in the header X-Mock-Diagnosis. `X-Mock-Rule` names the rule and how well it is known.',
    '',
    '## Tools',
    '',
    '- A coding agent that speaks the Model Context Protocol starts `npx -y koodrive-mock mcp`, or calls `/__admin/mcp` of a mock that runs: sandboxes, journal, diagnosis, clock, scenarios, faults, verification. Set-up: [coding agents](docs/how-to/coding-agents.md).',
    '',
    '## Operations',
    '',
    ...referenceOperations.map(
      ({ method, path, operationId, authentication, description }) =>
        `- \`${method} ${path}\` (${operationId}; ${authenticationTexts[authentication]}): ${description}`,
    ),
    '',
    'Management; their refusals are inferred. Sign in: docs/tutorial-management.md.',
    '',
    ...managementOperations.map(
      ({ method, path, operationId, title }) => `- \`${method} ${path}\` (${operationId}): ${title}.`,
    ),
    '',
    '## App signature',
    '',
    'Two requests worked through: docs/reference/signature.md.',
    '',
    '- Headers: `X-Date` (UTC, yyyyMMddTHHmmssZ), `X-User-Id`, and `Authorization: HMAC-SHA256 AppId=<appId>,SignedHeaders=host;x-date;x-user-id,Signature=<hex>`: no spaces after the commas.',
    '- Canonical request, joined by line feeds: method; path, percent-encoded, with a slash at its end; query, percent-encoded and sorted; each signed header as `name:value` in lower-case name order; an empty line; the names joined by `;`; hex SHA-256 of the body bytes (of nothing without a body).',
    '- String to sign: `HMAC-SHA256`, line feed, hex SHA-256 of the canonical request. There is no date line: it is not SDK-HMAC-SHA256.',
    '- Signature: lower-case hex HMAC-SHA256 of the string to sign, keyed with the AppSecret.',
    `- X-Date may be ${limits.dateMaxAgeSeconds / 60} minutes old and not in the future.`,
    '- In Node: `import { sign } from "koodrive-mock/signing"`, or a client that signs: `import { createClient } from "koodrive-mock/client"`. In a shell: `npx koodrive-mock sign METHOD URL --explain`.',
    '',
    '## Limits',
    '',
    `- Users of a batch: 1 to ${limits.userListMax}. Rows of a result page: 1 to ${limits.pageSizeMax}. Records of a list page: 1 to ${limits.listLimitMax}.`,
    `- Body: ${limits.bodyMaxBytes / 1024 / 1024} MB. X-Traceid: exactly ${limits.traceIdLength} characters. Access token: ${limits.tokenLifeSeconds / 60} minutes, extended by each call.`,
    '',
    '## Errors',
    '',
    'Success is HTTP 200 and code 0. A refusal is `{"code", "msg"}`:',
    '',
    ...names.map((name) => {
      const { status, code, when } = errorEntry(name)
      return `- HTTP ${status}, code ${code}: ${when}`
    }),
    '',
    '## Pitfalls',
    '',
    '- Ids have 19 digits: keep them as strings. JSON.parse rounds `curDeptId` of preverifyBatchImport beyond 2^53.',
    `- Creating a batch answers a task id, not the outcome: poll until the status is ${provisioning.finalStatuses.join(' or ')}, then read every page (nextPageCursor).`,
    `- A phone that has a user is skipped with code ${errorEntry('userExists').code} in its row; the row carries the userId that exists.`,
    '- Do not send a batch again after a timeout before looking whether its users exist: it may have been accepted.',
    '- `offset` and `limit` are required and strings of digits. `code` may be a number or a string.',
    `- The vendor pages contradict themselves in ${readingIds.length} places; each is a reading (\`--reading code-type=string\`).`,
    '',
    '## Files',
    '',
    'The package has all of them but the documentation and the collections, which are in the repository.',
    '',
    '- [OpenAPI 3.1](openapi.json): every field with x-evidence and x-source.',
    '- [README](README.md): tour, settings, readings.',
    '- [Documentation](docs/README.md): tutorial, how-to guides, reference, explanation.',
    '- [Collections](collections/README.md): Postman, Bruno, Hurl and Arazzo, generated from the operations.',
    '- [Examples](examples/README.md): complete clients in Python, Java, Go, Node and shell.',
  ].join('\n')
