import type { ExportedFile } from './exported-file.ts'

export const isSuccess = [
  "test('is processed', () => {",
  '  expect(res.getStatus()).to.equal(200)',
  '  expect(Number(res.getBody().code)).to.equal(0)',
  '})',
]

export const block = (name: string, lines: readonly string[]): string =>
  `${name} {\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n}\n`
export const pairs = (values: Readonly<Record<string, string>>): string[] =>
  Object.entries(values).map(([name, value]) => `${name}: ${value}`.trimEnd())
export const file = (blocks: readonly string[]): string => blocks.join('\n')

export interface BrunoRequest {
  readonly path: string
  readonly name: string
  readonly seq: number
  readonly method: string
  readonly target: string
  readonly query: readonly (readonly [string, string])[]
  readonly isSigned: boolean
  /** Headers in place of an access token of the environment. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly scripts: readonly string[]
  readonly description: string
}

/** The body is text, so that what is signed is what is sent, and long integers keep their digits. */
export function requestFile({
  path,
  name,
  seq,
  method,
  target,
  query,
  isSigned,
  headers: own,
  body,
  scripts,
  description,
}: BrunoRequest): ExportedFile {
  const sendsAccessToken = !isSigned && own === undefined
  const headers = {
    ...(isSigned && { 'X-User-Id': '{{userId}}' }),
    ...own,
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
  }
  return {
    path,
    text: file([
      block('meta', pairs({ name, type: 'http', seq: String(seq) })),
      block(
        method.toLowerCase(),
        pairs({
          url: `{{baseUrl}}${target}`,
          body: body === undefined ? 'none' : 'text',
          auth: sendsAccessToken ? 'bearer' : 'none',
        }),
      ),
      ...(query.length === 0 ? [] : [block('params:query', pairs(Object.fromEntries(query)))]),
      ...(Object.keys(headers).length === 0 ? [] : [block('headers', pairs(headers))]),
      ...(!sendsAccessToken ? [] : [block('auth:bearer', pairs({ token: '{{accessToken}}' }))]),
      ...(body === undefined ? [] : [block('body:text', [body])]),
      ...scripts,
      block('docs', [description]),
    ]),
  }
}

/** A request with the control token, which a mock without one ignores. */
export const controlHeaders = { Authorization: 'Bearer {{controlToken}}' }
