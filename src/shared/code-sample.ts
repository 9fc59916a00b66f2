import type { HeaderPairs } from './headers.ts'
import { curlLine, quote } from './shell.ts'

/** A request as a program sends it, signed already: every byte stands as it was signed. */
export interface SampleRequest {
  readonly method: string
  /** Absolute. */
  readonly url: string
  readonly headers: HeaderPairs
  readonly body?: string | undefined
  /** Where the certificate is to be had that the server made for itself; absent where clients trust the server anyway. */
  readonly certificateUrl?: string | undefined
}

/** Languages of the samples, in the order in which they are offered. HTTPie comes last: it is a second command line. */
export const sampleLanguages = ['curl', 'node', 'python', 'java', 'go', 'httpie'] as const
export type SampleLanguage = (typeof sampleLanguages)[number]

/** How the languages are written. */
export const sampleNames: Readonly<Record<SampleLanguage, string>> = {
  curl: 'curl',
  node: 'Node',
  python: 'Python',
  java: 'Java',
  go: 'Go',
  httpie: 'HTTPie',
}

/** What every client writes itself, or would contradict. */
const OWN = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'accept-encoding', 'keep-alive'])

/**
 * A program that sends a request, whole: it runs as it is, with nothing but the standard library.
 *
 * @example codeSample('python', { method: 'GET', url: 'http://127.0.0.1:4010/a', headers: [] })
 */
export function codeSample(language: SampleLanguage, request: SampleRequest): string {
  const headers = request.headers.filter(([name]) => !OWN.has(name.toLowerCase()))
  return writers[language]({ ...request, headers })
}

/** The request in every language. */
export const codeSamples = (request: SampleRequest): Record<SampleLanguage, string> =>
  Object.fromEntries(sampleLanguages.map((language) => [language, codeSample(language, request)])) as Record<
    SampleLanguage,
    string
  >

/** Characters that would hide or turn what a reader sees. */
const STEERING = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g

/** A string literal of JSON, which the four languages read alike; half a character, which has no bytes, is replaced. */
const literal = (text: string): string =>
  JSON.stringify(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    STEERING,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

const writers: Readonly<Record<SampleLanguage, (request: SampleRequest) => string>> = {
  curl: toCurl,
  node: toNode,
  python: toPython,
  java: toJava,
  go: toGo,
  httpie: toHttpie,
}

/** The certificate changes with each start of the server: it is fetched first, as its guide does. */
function toCurl({ certificateUrl, ...request }: SampleRequest): string {
  if (certificateUrl === undefined) return curlLine(request)
  return `curl -sSk ${quote(certificateUrl)} -o ca.pem && ${curlLine({ ...request, options: ['--cacert ca.pem'] })}`
}

const each = (headers: HeaderPairs, write: (name: string, value: string) => string): string[] =>
  headers.map(([name, value]) => write(literal(name), literal(value)))

function toNode({ method, url, headers, body }: SampleRequest): string {
  return [
    `const response = await fetch(${literal(url)}, {`,
    `  method: ${literal(method)},`,
    '  headers: [',
    ...each(headers, (name, value) => `    [${name}, ${value}],`),
    '  ],',
    ...(body === undefined ? [] : [`  body: ${literal(body)},`]),
    '})',
    'console.log(response.status, await response.text())',
  ].join('\n')
}

function toPython({ method, url, headers, body }: SampleRequest): string {
  const { protocol, host, target } = parts(url)
  return [
    'import http.client',
    '',
    `connection = http.client.${protocol === 'https:' ? 'HTTPSConnection' : 'HTTPConnection'}(${literal(host)})`,
    'connection.request(',
    `    ${literal(method)},`,
    `    ${literal(target)},`,
    ...(body === undefined ? [] : [`    body=${literal(body)}.encode(),`]),
    '    headers={',
    ...each(headers, (name, value) => `        ${name}: ${value},`),
    '    },',
    ')',
    'response = connection.getresponse()',
    'print(response.status, response.read().decode())',
  ].join('\n')
}

function toJava({ method, url, headers, body }: SampleRequest): string {
  const publisher = body === undefined ? 'noBody()' : `ofString(${literal(body)})`
  return [
    'import java.net.URI;',
    'import java.net.http.HttpClient;',
    'import java.net.http.HttpRequest;',
    'import java.net.http.HttpResponse;',
    '',
    'public class Sample {',
    '  public static void main(String[] args) throws Exception {',
    `    var request = HttpRequest.newBuilder(URI.create(${literal(url)}))`,
    ...each(headers, (name, value) => `        .header(${name}, ${value})`),
    `        .method(${literal(method)}, HttpRequest.BodyPublishers.${publisher})`,
    '        .build();',
    '    var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());',
    '    System.out.println(response.statusCode() + " " + response.body());',
    '  }',
    '}',
  ].join('\n')
}

function toGo({ method, url, headers, body }: SampleRequest): string {
  const imports = ['fmt', 'io', 'net/http', ...(body === undefined ? [] : ['strings'])]
  const reader = body === undefined ? 'nil' : `strings.NewReader(${literal(body)})`
  return [
    'package main',
    '',
    'import (',
    ...imports.map((one) => `\t"${one}"`),
    ')',
    '',
    'func main() {',
    `\trequest, err := http.NewRequest(${literal(method)}, ${literal(url)}, ${reader})`,
    '\tif err != nil {',
    '\t\tpanic(err)',
    '\t}',
    ...each(headers, (name, value) => `\trequest.Header.Add(${name}, ${value})`),
    '\tresponse, err := http.DefaultClient.Do(request)',
    '\tif err != nil {',
    '\t\tpanic(err)',
    '\t}',
    '\tdefer response.Body.Close()',
    '\tanswer, _ := io.ReadAll(response.Body)',
    '\tfmt.Println(response.StatusCode, string(answer))',
    '}',
  ].join('\n')
}

/** HTTPie ends an empty header with a semicolon, as curl does. */
function toHttpie({ method, url, headers, body }: SampleRequest): string {
  return [
    'http --ignore-stdin',
    ...(body === undefined ? [] : [`--raw ${quote(body)}`]),
    method,
    quote(url),
    ...headers.map(([name, value]) => quote(value === '' ? `${name};` : `${name}:${value}`)),
  ].join(' ')
}

/** Host and target as they were written: parsing would normalise what was signed. */
function parts(url: string): { readonly protocol: string; readonly host: string; readonly target: string } {
  const [, protocol = 'http:', host = '', target = '/'] = /^(https?:)\/\/([^/?#]*)(.*)$/is.exec(url) ?? []
  return { protocol: protocol.toLowerCase(), host, target: target === '' ? '/' : target }
}
