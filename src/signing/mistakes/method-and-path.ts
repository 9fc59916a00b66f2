import type { Change } from '../attempt.ts'
import { percentDecode, percentEncode, percentNormalize } from '../percent-encoding.ts'
import { headerValue } from '../request.ts'
import { encodeLikeJavaScript, encodeLikeUri, lowerCaseHex } from './encodings.ts'
import { inStage, type SearchContext } from './mistake.ts'

export const methodMistakes = inStage('method', [
  {
    id: 'method-lower-case',
    likelihood: 'frequent',
    title: 'The method was signed in lower case',
    cure: 'write the method in upper case on the first line of the canonical request',
    variants: ({ right }) => [
      (attempt) => ({ ...attempt, method: right.method.toLowerCase() }),
      (attempt) => ({ ...attempt, method: `${right.method.slice(0, 1)}${right.method.slice(1).toLowerCase()}` }),
    ],
  },
  {
    id: 'method-other',
    title: 'Another method was signed than was sent',
    cure: 'sign the method that is sent',
    alone: true,
    variants: () =>
      ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', ''].map((method) => (attempt) => ({
        ...attempt,
        method,
      })),
  },
])

/** Where the API lives, and what stands in front of it when a proxy adds or strips a part. */
const PREFIXES = [
  '/api',
  '/proxy',
  '/gateway',
  '/koodrive',
  '/koodrive/ose',
  '/ose',
  '/mock',
  '/rest',
  '/openapi',
  '/api/v1',
]

export const pathMistakes = [
  ...inStage('path', [
    {
      id: 'path-other-prefix',
      title: 'The path was signed with another prefix than the server received (a proxy may add or strip it)',
      cure: 'sign the path as it arrives at the server, for instance /koodrive/ose/v1/userList/',
      variants: ({ right, headers }) => {
        const forwarded = ['x-forwarded-prefix', 'x-script-name', 'x-original-prefix']
          .map((name) => trimSlash(headerValue(headers, name) ?? ''))
          .filter((prefix) => prefix !== '')
        const whole = ['x-original-uri', 'x-original-url', 'x-forwarded-uri', 'x-forwarded-path']
          .map((name) => headerValue(headers, name)?.split('?')[0] ?? '')
          .filter((path) => path !== '')
        const stripped = withoutLeadingSegments(right.path)
        const added = [...forwarded, ...PREFIXES].map((prefix) => `${prefix}${right.path}`)
        const exchanged = [...forwarded, ...PREFIXES].map((prefix) => `${prefix}${stripped[1] ?? right.path}`)
        return [...whole.map(endWithSlash), ...stripped, ...added, ...exchanged].map(signAs)
      },
    },
    {
      id: 'path-not-normalised',
      title: 'The path was signed with its redundant segments (//, . or ..)',
      cure: 'remove redundant and relative segments from the path before signing',
      variants: ({ target }) => [
        signAs(endWithSlash(target.path.split('/').map(percentNormalize).join('/'))),
        signAs(endWithSlash(target.path)),
      ],
    },
    {
      id: 'path-not-encoded',
      title: 'The path was signed without percent-encoding',
      cure: 'encode every segment of the path by RFC 3986 (UTF-8, upper-case %XY)',
      variants: ({ right }) => [signAs(percentDecode(right.path).toString())],
    },
    {
      id: 'path-double-encoded',
      title: 'The path was percent-encoded twice (%25)',
      cure: 'encode every segment of the path once',
      variants: ({ right }) => [signAs(right.path.split('/').map(percentEncode).join('/'))],
    },
    {
      id: 'path-slashes-encoded',
      title: 'The slashes of the path were percent-encoded (%2F)',
      cure: 'encode the segments of the path one by one and join them by slashes',
      variants: ({ right }) => {
        const decoded = percentDecode(right.path)
        return [signAs(`${percentEncode(decoded.subarray(0, -1))}/`), signAs(percentEncode(decoded))]
      },
    },
    {
      id: 'path-lower-case-hex',
      title: 'The path was percent-encoded with lower-case hex digits',
      cure: 'write %XY in upper case',
      variants: ({ right }) => [signAs(lowerCaseHex(right.path))],
    },
    {
      id: 'path-tilde-encoded',
      title: 'A ~ in the path was signed as %7E',
      cure: "leave ~ as it is (URLEncoder of Java and PHP's urlencode encode it)",
      variants: ({ right }) => [signAs(right.path.replaceAll('~', '%7E'))],
    },
    {
      id: 'path-other-encoding',
      title: 'The path was encoded by other rules than RFC 3986 (reserved characters left, or + for a space)',
      cure: 'encode everything in a segment except A-Z a-z 0-9 - . _ ~',
      variants: ({ right }) => {
        const decoded = percentDecode(right.path).toString()
        const bySegment = (encode: (text: string) => string) => signAs(decoded.split('/').map(encode).join('/'))
        return [
          bySegment(encodeLikeJavaScript),
          bySegment(encodeLikeUri),
          signAs(right.path.replaceAll('%20', '+')),
          signAs(right.path.replaceAll('%40', '@').replaceAll('%3A', ':')),
        ]
      },
    },
    {
      id: 'path-lower-cased',
      title: 'The path was signed in lower case',
      cure: 'sign the path in the case in which it is sent',
      alone: true,
      variants: ({ right }) => [signAs(right.path.toLowerCase())],
    },
    {
      id: 'path-absolute-url',
      title: 'The absolute URL was signed as the path',
      cure: 'sign the path only, without scheme and host',
      variants: (search) => absoluteUrls(search).map(signAs),
    },
    {
      id: 'path-leading-slash',
      likelihood: 'rare',
      title: 'The path was signed without the slash at its start, or with two',
      cure: 'begin the path with one slash',
      variants: ({ right }) => [signAs(right.path.slice(1)), signAs(`/${right.path}`)],
    },
    {
      id: 'path-left-out',
      title: 'The path was left out',
      cure: 'sign the path that is sent',
      alone: true,
      variants: () => [signAs('/'), signAs('')],
    },
  ]),
  ...inStage('path-end', [
    {
      id: 'path-no-trailing-slash',
      likelihood: 'frequent',
      title: 'The path was signed without the slash at its end',
      cure: 'end the path with a slash in the canonical request (not necessarily in the URL)',
      variants: () => [(attempt) => ({ ...attempt, path: trimSlash(attempt.path) })],
    },
    {
      id: 'path-extra-slash',
      title: 'The path was signed with two slashes at its end',
      cure: 'add a slash to the path only when there is none',
      variants: () => [(attempt) => ({ ...attempt, path: `${attempt.path}/` })],
    },
  ]),
]

function signAs(path: string): Change {
  return (attempt) => ({ ...attempt, path })
}

/** `/a/b/c/` without its first one, two, three segments. */
function withoutLeadingSegments(path: string): string[] {
  const segments = path.split('/').slice(1)
  return [1, 2, 3].filter((count) => count < segments.length - 1).map((count) => `/${segments.slice(count).join('/')}`)
}

function absoluteUrls({ right, headers, target }: SearchContext): string[] {
  const host = headerValue(headers, 'host') ?? target.host
  return host === undefined ? [] : ['http://', 'https://', ''].map((scheme) => `${scheme}${host}${right.path}`)
}

function endWithSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`
}

function trimSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path
}
