import { createHmac } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import {
  bodyAs,
  chinese,
  chineseEscaped,
  compact,
  create,
  digest,
  jackson,
  lines,
  list,
  type MistakenClient,
  path,
  pretty,
  python,
  users,
  valueAs,
} from './mistaken-client-parts.ts'
import { encode, hmac, parse, query, right, sha256 } from './mistaken-signer.ts'
import { visiblyMistakenClients } from './visibly-mistaken-clients.ts'

export type { MistakenClient } from './mistaken-client-parts.ts'

/** One client for each mistake that can be named. */
export const mistakenClients: Readonly<Record<string, MistakenClient>> = {
  ...visiblyMistakenClients,
  'method-lower-case': { steps: { method: (method) => method.toLowerCase() } },
  'method-other': { send: create(compact), steps: { method: () => 'PUT' } },
  'path-other-prefix': { steps: { path: (all) => right.path(all.replace('/koodrive/ose', '')) } },
  'path-not-normalised': { send: path('/koodrive/ose/v1//x/../userList?offset=0'), steps: {} },
  'path-not-encoded': {
    send: path('/koodrive/ose/v1/users/a%20b/%E6%9D%8E'),
    steps: { path: (all) => `${decodeURIComponent(all)}/` },
  },
  'path-double-encoded': {
    send: path('/koodrive/ose/v1/users/a%20b'),
    steps: { path: (all) => `${all.replaceAll('%', '%25')}/` },
  },
  'path-slashes-encoded': { steps: { path: (all) => `${encode(all)}/` } },
  'path-lower-case-hex': {
    send: path('/koodrive/ose/v1/users/%E6%9D%8E'),
    steps: { path: (all) => `${all.replace(/%../g, (hex) => hex.toLowerCase())}/` },
  },
  'path-other-encoding': {
    send: path('/koodrive/ose/v1/users/a%20b'),
    steps: { path: (all) => `${all.replaceAll('%20', '+')}/` },
  },
  'path-tilde-encoded': {
    send: path('/koodrive/ose/v1/users/~ann'),
    steps: { path: (all) => `${all.replaceAll('~', '%7E')}/` },
  },
  'path-lower-cased': { steps: { path: (all) => right.path(all.toLowerCase()) } },
  'path-absolute-url': { steps: { path: (all) => `http://HOST${all}/` } },
  'path-leading-slash': { steps: { path: (all) => `${all.slice(1)}/` } },
  'path-left-out': { steps: { path: () => '/' } },
  'path-no-trailing-slash': { steps: { path: (all) => all } },
  'path-extra-slash': { steps: { path: (all) => `${all}//` } },
  'query-unsorted': { steps: { query: query({ sorted: false }) } },
  'query-sorted-ignoring-case': {
    send: list('b=2&F=1&a=3&offset=0&limit=1'),
    steps: { query: query({ sort: (a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1) }) },
  },
  'query-sorted-before-encoding': {
    send: list('%C3%A9=1&z=2&offset=0&limit=1'),
    steps: { query: query({ sort: (a, b) => (decodeURIComponent(a) < decodeURIComponent(b) ? -1 : 1) }) },
  },
  'query-sorted-as-text': {
    send: list('k=1&k-x=2&offset=0&limit=1'),
    steps: {
      query: (raw) =>
        parse(raw)
          .map(([name, value]) => `${name}=${value}`)
          .sort()
          .join('&'),
    },
  },
  'query-repeated-unsorted': {
    send: list('z=1&k=b&k=a&a=2'),
    steps: {
      query: (raw) =>
        parse(raw)
          .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
          .map(([name, value]) => `${name}=${value}`)
          .join('&'),
    },
  },
  'query-not-encoded': {
    send: list('keyWord=Sam%20Smith%2B&limit=1&offset=0'),
    steps: { query: query({ text: decodeURIComponent }) },
  },
  'query-double-encoded': {
    send: list('keyWord=Sam%20Smith&limit=1&offset=0'),
    steps: { query: query({ text: encode }) },
  },
  'query-plus-for-blank': {
    send: list('keyWord=Sam%20Smith&limit=1&offset=0'),
    steps: { query: (raw) => raw.replaceAll('%20', '+') },
  },
  'query-lower-case-hex': {
    send: list('keyWord=%E6%9D%8E&limit=1&offset=0'),
    steps: { query: (raw) => raw.replace(/%../g, (hex) => hex.toLowerCase()) },
  },
  'query-slash-left': {
    send: list('keyWord=a%2Fb%20c&limit=1&offset=0'),
    steps: { query: (raw) => raw.replaceAll('%2F', '/') },
  },
  'query-tilde-encoded': {
    send: list('keyWord=~ann&limit=1&offset=0'),
    steps: { query: (raw) => raw.replaceAll('~', '%7E') },
  },
  'query-encoded-as-form': {
    send: list('keyWord=Sam%20~Smith%2A&limit=1&offset=0'),
    steps: { query: (raw) => raw.replaceAll('%20', '+').replaceAll('~', '%7E').replaceAll('%2A', '*') },
  },
  'query-other-encoding': {
    send: list('keyWord=%28a%29%20%21&limit=1&offset=0'),
    steps: { query: query({ text: (raw) => encodeURIComponent(decodeURIComponent(raw)) }) },
  },
  'query-as-sent': { send: list('keyWord=%e6%9d%8e,x&limit=1&offset=0'), steps: { query: (raw) => raw } },
  'query-missing-equals': { send: list('keyWord&limit=1&offset=0'), steps: { query: (raw) => raw } },
  'query-empty-omitted': {
    send: list('deptId=&limit=1&offset=0'),
    steps: { query: query({ keep: ([, value]) => value !== '' }) },
  },
  'query-left-out': { steps: { query: () => '' } },
  'query-question-mark': { steps: { query: (raw) => `?${query()(raw)}` } },
  'query-repeated-once': {
    send: list('k=a&k=b&limit=1&offset=0'),
    steps: { query: query({ keep: ([name], at, all) => all.findIndex(([other]) => other === name) === at }) },
  },
  'query-charset': {
    send: list(`keyWord=${encodeURIComponent('李é')}&limit=1&offset=0`),
    steps: { query: query({ text: (raw) => (raw.startsWith('%') ? '%C0%EE%A8%A6' : raw) }) },
  },
  'query-normal-form': {
    send: list(`keyWord=${encodeURIComponent('\u00e9')}&limit=1&offset=0`),
    steps: { query: query({ text: (raw) => encodeURIComponent(decodeURIComponent(raw).normalize('NFD')) }) },
  },
  'query-names-lower-cased': {
    send: list('keyWord=a&limit=1&offset=0'),
    steps: { query: query({ join: ([name, value]) => `${name.toLowerCase()}=${value}` }) },
  },
  'query-parameter-not-signed': {
    send: list('a=1&limit=1&offset=0'),
    steps: { query: query({ keep: ([name]) => name !== 'limit' }) },
  },
  'host-not-signed': {
    steps: {
      names: (names) => right.names(names).filter((name) => name.toLowerCase() !== 'host'),
      listed: (names) => [names.includes('X-Date') ? 'Host' : 'host', ...names],
    },
  },
  'header-listed-not-signed': {
    signed: ['host', 'x-date', 'x-extra', 'x-user-id'],
    replace: { 'X-Extra': '1' },
    steps: lines((all) => all.filter((line) => !line.startsWith('x-extra:'))),
  },
  'header-signed-not-listed': {
    signed: ['host', 'x-date', 'x-extra', 'x-user-id'],
    replace: { 'X-Extra': '1' },
    steps: { listed: (names) => names.filter((name) => name !== 'x-extra') },
  },
  'header-repeated': {
    signed: ['host', 'x-date', 'x-extra', 'x-user-id'],
    send: {
      headers: [
        ['X-Extra', '1'],
        ['X-Extra', '2'],
      ],
    },
    steps: valueAs('x-extra', () => '2'),
  },
  'headers-unsorted': { steps: { names: (names) => [...names].sort().reverse() } },
  'host-port': { steps: valueAs('host', (host) => (host.includes(':') ? host.replace(/:\d+$/, '') : `${host}:443`)) },
  'host-of-proxy': {
    replace: { 'X-Forwarded-Host': 'api.example.org' },
    steps: valueAs('host', () => 'api.example.org'),
  },
  'host-loopback-name': { steps: valueAs('host', (host) => `host.docker.internal${/:\d+$/.exec(host)?.[0] ?? ''}`) },
  'host-of-vendor': { steps: valueAs('host', () => 'intl.myhuaweicloud-koodrive.com') },
  'host-with-scheme': { steps: valueAs('host', (host) => `https://${host}`) },
  'host-lower-cased': { replace: { Host: 'Mock.Example.ORG' }, steps: valueAs('host', (host) => host.toLowerCase()) },
  'host-of-another-address': { steps: valueAs('host', () => 'koodrive-mock:8080') },
  'host-empty': { steps: valueAs('host', () => '') },
  'x-date-signed-anew': { steps: valueAs('x-date', () => '20260416T080002Z') },
  'x-date-signed-local': { steps: valueAs('x-date', () => '20260416T160000Z') },
  'x-date-other-form': { steps: valueAs('x-date', () => '2026-04-16T08:00:00Z') },
  'x-date-signed-by-pattern': {
    steps: valueAs('x-date', () => '20260016T080000Z'),
  },
  'x-date-empty': { steps: valueAs('x-date', () => '') },
  'x-user-id-rounded': {
    replace: { 'X-User-Id': '1575416580416769793' },
    steps: valueAs('x-user-id', (id) => String(Number(id))),
  },
  'x-user-id-other': {
    replace: { 'X-User-Id': '1844090530019957504' },
    steps: valueAs('x-user-id', () => '1505084218764547200'),
  },
  'x-user-id-empty': { steps: valueAs('x-user-id', () => '') },
  'content-type-parameters': {
    send: create(compact),
    signed: ['content-type', 'host', 'x-date', 'x-user-id'],
    replace: { 'Content-Type': 'application/json; charset=utf-8' },
    steps: valueAs('content-type', () => 'application/json'),
  },
  'content-type-other': {
    send: create(compact),
    signed: ['content-type', 'host', 'x-date', 'x-user-id'],
    replace: { 'Content-Type': 'application/json' },
    steps: valueAs('content-type', () => 'text/plain'),
  },
  'header-blank-after-colon': { steps: { line: (name, value) => `${name}: ${value}` } },
  'header-values-not-trimmed': { steps: valueAs('x-user-id', (id) => ` ${id}`) },
  'header-blanks-collapsed': {
    signed: ['host', 'x-date', 'x-extra', 'x-user-id'],
    replace: { 'X-Extra': 'a  b' },
    steps: valueAs('x-extra', () => 'a b'),
  },
  'header-values-lower-cased': { steps: { value: (_, value) => value.toLowerCase() } },
  'header-value-not-ascii': {
    signed: ['host', 'x-date', 'x-extra', 'x-user-id'],
    replace: { 'X-Extra': 'caf\u00e9' },
    steps: {
      mac: (key, text) => hmac(key, text),
      value: (name, value) => (name === 'x-extra' ? Buffer.from(value).toString('latin1') : value),
    },
  },
  'header-names-not-lower-cased': { signed: ['Host', 'X-Date', 'X-User-Id'] },
  'body-non-ascii-escaped': { send: create(chinese), steps: bodyAs(() => chineseEscaped) },
  'body-non-ascii-unescaped': { send: create(chineseEscaped), steps: bodyAs(() => chinese) },
  'body-slashes-escaped': { send: create(compact), steps: bodyAs((body) => body.replaceAll('/', '\\/')) },
  'body-html-escaped': {
    send: create(compact),
    steps: bodyAs((body) => body.replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`)),
  },
  'body-compact-json': { send: create(pretty), steps: bodyAs(() => compact) },
  'body-python-json': { send: create(compact), steps: bodyAs(() => python) },
  'body-pretty-json': { send: create(compact), steps: bodyAs(() => pretty) },
  'body-jackson-json': { send: create(compact), steps: bodyAs(() => jackson) },
  'body-keys-reordered': {
    send: create(compact),
    steps: bodyAs(() =>
      JSON.stringify({
        userList: users.map(({ firstname, phone, email, surname }) => ({ phone, surname, firstname, email })),
      }),
    ),
  },
  'body-sent-as-form': {
    send: create('firstname=Ann&phone=13900000001'),
    steps: bodyAs(() => '{"firstname": "Ann", "phone": "13900000001"}'),
  },
  'body-is-a-form': {
    send: create('userList=firstname&userList=phone'),
    steps: bodyAs(() => compact),
  },
  'body-byte-order-mark': { send: create(compact), steps: bodyAs((body) => `\uFEFF${body}`) },
  'body-compressed-after-signing': {
    send: create(gzipSync(compact)),
    steps: bodyAs(() => compact),
  },
  'body-compressed-before-signing': {
    send: create(compact),
    steps: { payload: (body) => digest('sha256', gzipSync(body)).toString('hex') },
  },
  'body-keys-sorted': {
    send: create(compact),
    steps: bodyAs(() =>
      JSON.stringify({ userList: users.map((user) => Object.fromEntries(Object.entries(user).sort())) }),
    ),
  },
  'body-parsed-json': {
    send: create('{"userList": [], "id": 1575416580416769793}'),
    steps: bodyAs((body) => JSON.stringify(JSON.parse(body))),
  },
  'body-serialised-twice': { send: create(compact), steps: bodyAs((body) => JSON.stringify(body)) },
  'body-hash-of-nothing': { send: create(compact), steps: bodyAs(() => '') },
  'body-hash-left-empty': { steps: { payload: () => '' } },
  'body-placeholder-hashed': { steps: bodyAs(() => '{}') },
  'body-other-value-hashed': { send: create(compact), steps: bodyAs(() => '[object Object]') },
  'body-object-printed': {
    send: create('{"userList":[{"firstname":"O\'Neil","phone":"1390","old":true}]}'),
    steps: bodyAs(() => `{'userList': [{'firstname': "O'Neil", 'phone': '1390', 'old': True}]}`),
  },
  'body-hash-upper-case': { steps: { payload: (body) => sha256(body).toUpperCase() } },
  'body-hash-base64': {
    send: create(compact),
    steps: { payload: (body) => digest('sha256', body).toString('base64') },
  },
  'body-not-hashed': { send: create(compact), steps: { payload: (body) => body } },
  'body-unsigned-payload': { steps: { payload: () => 'UNSIGNED-PAYLOAD' } },
  'body-other-hash': { send: create(compact), steps: { payload: (body) => digest('md5', body).toString('hex') } },
  'body-hashed-twice': { send: create(compact), steps: { payload: (body) => sha256(sha256(body)) } },
  'body-line-end': { send: create(compact), steps: bodyAs((body) => `${body}\n`) },
  'body-carriage-returns': { send: create(pretty), steps: bodyAs((body) => body.replaceAll('\n', '\r\n')) },
  'body-charset': {
    send: create('{"userList":[{"firstname":"café","phone":"13900000001"}]}'),
    steps: { payload: (body) => digest('sha256', Buffer.from(body, 'latin1')).toString('hex') },
  },
  'layout-no-empty-line': { steps: lines((all) => all.filter((_, at) => at !== all.length - 3)) },
  'layout-extra-empty-line': { steps: lines((all) => [...all.slice(0, -1), '', ...all.slice(-1)]) },
  'layout-no-query-line': { send: create(compact), steps: lines((all) => all.filter((_, at) => at !== 2)) },
  'layout-target-as-path': {
    steps: lines(([method, , , ...rest]) => [method ?? '', '/koodrive/ose/v1/userList?offset=0&limit=10', '', ...rest]),
  },
  'layout-query-separator': { steps: { queryEnds: (text) => `${text}&` } },
  'layout-empty-lines-dropped': {
    send: create(compact),
    steps: lines((all) => all.filter((line) => line !== '')),
  },
  'layout-header-lines': { steps: { line: (name, value) => `${name}=${value}` } },
  'layout-list-before-headers': {
    steps: lines((all) => [...all.slice(0, 3), all.at(-2) ?? '', ...all.slice(3, -2), all.at(-1) ?? '']),
  },
  'layout-indented': { steps: lines((all) => all.join('\n    ')) },
  'layout-byte-order-mark': { steps: { ends: (text) => `\uFEFF${text}` } },
  'layout-lower-cased': { steps: { ends: (text) => text.toLowerCase() } },
  'layout-slash-behind-query': {
    steps: lines(([method, second, third, ...rest]) => [
      method ?? '',
      `${second?.slice(0, -1)}?${third}/`,
      '',
      ...rest,
    ]),
  },
  'layout-query-in-path': {
    steps: lines(([method, second, third, ...rest]) => [method ?? '', `${second}?${third}`, ...rest]),
  },
  'layout-no-signed-headers-line': { steps: lines((all) => all.filter((_, at) => at !== all.length - 2)) },
  'layout-signed-headers-separator': { steps: { list: (names) => names.join(',') } },
  'layout-no-header-lines': { steps: lines((all) => [...all.slice(0, 3), ...all.slice(-3)]) },
  'layout-no-body-line': { steps: lines((all) => all.slice(0, -1)) },
  'layout-carriage-returns': { steps: { ends: (text) => text.replaceAll('\n', '\r\n') } },
  'layout-trailing-newline': { steps: { ends: (text) => `${text}\n` } },
  'layout-written-backslash-n': { steps: { ends: (text) => text.replaceAll('\n', '\\n') } },
  'layout-no-line-feeds': { steps: { ends: (text) => text.replaceAll('\n', '') } },
  'string-to-sign-with-date': { steps: { text: (text, date) => `HMAC-SHA256\n${date}\n${sha256(text)}` } },
  'string-to-sign-of-sdk': { steps: { text: (text, date) => `SDK-HMAC-SHA256\n${date}\n${sha256(text)}` } },
  'string-to-sign-algorithm': { steps: { text: (text) => `SDK-HMAC-SHA256\n${sha256(text)}` } },
  'string-to-sign-no-algorithm': { steps: { text: (text) => sha256(text) } },
  'canonical-request-not-hashed': { steps: { text: (text) => `HMAC-SHA256\n${text}` } },
  'canonical-request-hash-form': { steps: { text: (text) => `HMAC-SHA256\n${sha256(text).toUpperCase()}` } },
  'canonical-request-hashed-twice': { steps: { text: (text) => `HMAC-SHA256\n${sha256(sha256(text))}` } },
  'canonical-request-other-hash': { steps: { text: (text) => `HMAC-SHA256\n${digest('sha1', text).toString('hex')}` } },
  'string-to-sign-line-ends': { steps: { text: (text) => `HMAC-SHA256\n${sha256(text)}\n` } },
  'secret-trailing-newline': { steps: { key: (secret) => `${secret}\n` } },
  'secret-blanks': { steps: { key: (secret) => `${secret} ` } },
  'secret-quotes': { steps: { key: (secret) => `"${secret}"` } },
  'app-id-as-secret': { steps: { key: (_, appId) => appId } },
  'secret-as-hex-bytes': { appSecret: 'c0ffee'.repeat(6), steps: { key: (secret) => Buffer.from(secret, 'hex') } },
  'secret-as-base64-bytes': { steps: { key: (secret) => Buffer.from(secret, 'base64') } },
  'secret-encoded': { steps: { key: (secret) => Buffer.from(secret).toString('base64') } },
  'secret-case': { steps: { key: (secret) => secret.toUpperCase() } },
  'secret-not-set': { steps: { key: () => '' } },
  'secret-of-another-app': { steps: { key: () => 'secret-of-another-app' } },
  'secret-hashed': { steps: { key: (secret) => sha256(secret) } },
  'secret-charset': { appSecret: 'sécrèt', steps: { key: (secret) => Buffer.from(secret, 'latin1') } },
  'secret-byte-order-mark': { steps: { key: (secret) => `\uFEFF${secret}` } },
  'secret-cut-short': { steps: { key: (secret) => secret.slice(0, -1) } },
  'user-id-as-secret': { steps: { key: () => '1505084218764547200' } },
  'secret-with-ampersand': { steps: { key: (secret) => `${secret}&` } },
  'secret-derived': { steps: { key: (secret) => `AWS4${secret}` } },
  'mac-other-hash': { steps: { mac: (key, text) => createHmac('sha1', key).update(text).digest() } },
  'mac-key-and-text-swapped': { steps: { mac: (key, text) => hmac(text, key) } },
  'mac-plain-hash': {
    steps: { mac: (key, text) => digest('sha256', Buffer.concat([Buffer.from(key), Buffer.from(text)])) },
  },
  'mac-hashed-again': { steps: { mac: (key, text) => digest('sha256', hmac(key, text)) } },
  'signature-malformed': { steps: { written: (bytes) => bytes.toString('hex').slice(0, 63) } },
  'signature-upper-case': { steps: { written: (bytes) => bytes.toString('hex').toUpperCase() } },
  'signature-base64-of-hex': { steps: { written: (bytes) => Buffer.from(bytes.toString('hex')).toString('base64') } },
  'signature-base64': { steps: { written: (bytes) => bytes.toString('base64') } },
  'signature-base64url': { steps: { written: (bytes) => bytes.toString('base64url').replace(/[+/]/g, '-') } },
  'signature-percent-encoded': { steps: { written: (bytes) => encode(bytes.toString('base64')) } },
  'signature-quoted': { steps: { written: (bytes) => `"${bytes.toString('hex')}"` } },
}
