import { expect, it } from 'vitest'
import { createRequestLog } from '../../src/cli/request-log.ts'
import { Redactor } from '../../src/shared/redact.ts'
import { paths } from '../support/client.ts'
import { control, ofDefault } from '../support/control.ts'
import { cpuMs } from '../support/cpu.ts'
import { describeTargets } from '../support/targets.ts'

const SECRETS = {
  password: 'Canary-pass-01',
  numericPassword: '8811223344',
  cookie: 'canary-cookie-02',
  appSecret: 'koodrive-mock-app-secret',
  token: 'mock-user-token',
  unknownToken: 'canary-token-03-of-nobody',
  adminToken: 'mock-admin-token',
}

/** Every way a client may let a secret out. */
const leaks: Record<string, { method: string; path: string; headers?: Record<string, string>; body?: string }> = {
  'a token and a cookie in headers': {
    method: 'GET',
    path: `${paths.users}?offset=0&limit=1`,
    headers: { Authorization: `Bearer ${SECRETS.token}`, Cookie: `session=${SECRETS.cookie}; a=b` },
  },
  'an unknown token': {
    method: 'GET',
    path: `${paths.users}?offset=0&limit=1`,
    headers: { Authorization: `Bearer+${SECRETS.unknownToken}` },
  },
  'secrets in the query': {
    method: 'GET',
    path: `${paths.users}?offset=0&limit=1&access_token=${SECRETS.adminToken}&App%53ecret=${SECRETS.appSecret}&note=Bearer%20${SECRETS.token}`,
    headers: { Authorization: `Bearer ${SECRETS.adminToken}` },
  },
  'secrets in the path': { method: 'GET', path: `/koodrive/ose/v1/users/${SECRETS.adminToken}/${SECRETS.appSecret}` },
  'the AppSecret in headers': {
    method: 'GET',
    path: paths.users,
    headers: { 'X-App-Secret': SECRETS.appSecret, 'X-Note': `key ${SECRETS.appSecret}` },
  },
  'unknown tokens in the addresses of headers': {
    method: 'GET',
    path: `${paths.users}?offset=0&limit=1`,
    headers: {
      Referer: `https://app.example.com/cb?access_token=${SECRETS.unknownToken}&a=1#id_token=${SECRETS.unknownToken}`,
      'X-Forwarded-Uri': `/login?next=https%3A%2F%2Fapp.example.com%2Fcb%3Fa%3D1%26access_token%3D${SECRETS.unknownToken}`,
      'X-Original-Url': `/a?b=%252Fc%253Frefresh_token%253D${SECRETS.unknownToken}`,
      Origin: `https://someone:${SECRETS.password}@app.example.com`,
      Link: `<https://app.example.com/?token=${SECRETS.unknownToken}>; rel="next"`,
      'X-Debug': `password: ${SECRETS.password}, session-id=${SECRETS.cookie}`,
    },
  },
  'unknown tokens in an address of the query': {
    method: 'GET',
    path: `${paths.users}?offset=0&limit=1&back=%2Fcb%3Fpassword%3D${SECRETS.password}%2526x%26access_token%3D${SECRETS.unknownToken}`,
  },
  'the AppSecret as signature': {
    method: 'POST',
    path: paths.create,
    headers: { Authorization: `HMAC-SHA256 AppId=a,SignedHeaders=b,Signature=${SECRETS.appSecret}` },
  },
  'passwords in a batch': {
    method: 'POST',
    path: paths.create,
    body: `{"userList": [{"firstname": "A", "phone": "1", "password": "${SECRETS.password}"}, {"pass\\u0077ord": ${SECRETS.numericPassword}}]}`,
  },
  'a password in a nested field': {
    method: 'POST',
    path: paths.preverify,
    headers: { Authorization: `Bearer ${SECRETS.adminToken}` },
    body: `{"curDeptId": 1, "users": [{"credentials": {"x": ["${SECRETS.password}"]}, "Password" : "a\\"${SECRETS.password}"}]`,
  },
  'a password in a body cut off': {
    method: 'POST',
    path: paths.create,
    body: `{"userList": [{"password": "${SECRETS.password}`,
  },
  'a password in a form': {
    method: 'POST',
    path: paths.create,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: `name=x&password=${SECRETS.password}&token=${SECRETS.unknownToken}`,
  },
  'a password in a multipart form': {
    method: 'POST',
    path: paths.create,
    body: `--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n${SECRETS.password}\r\n--b--`,
  },
  'a password in a body that is not JSON': {
    method: 'POST',
    path: paths.create,
    body: `{'password': '${SECRETS.password}', accessToken: ${SECRETS.unknownToken}}`,
  },
}

describeTargets('no secret is shown', (open) => {
  for (const [title, { method, path, headers, body }] of Object.entries(leaks)) {
    it(`of a client that sends ${title}`, async () => {
      const lines: string[] = []
      const log = ['pretty', 'json'].map((format) =>
        createRequestLog('info', format as 'json', (line) => lines.push(line)),
      )
      const target = await open({
        onExchange: (exchange) => {
          for (const write of log) write(exchange)
        },
      })
      const { headers: answer } = await target.client.send(method, path, { headers: headers ?? {}, body })
      const requestId = answer.get('X-Mock-Request-Id')
      const views = await Promise.all(
        [
          '/requests',
          '/requests?format=har',
          '/requests.har',
          `/requests/${requestId}`,
          `/requests/${requestId}/curl`,
          '/report-card',
          '/report-card?format=junit',
          '/coverage',
          '/../unattributed/requests',
          '/../unattributed/requests.har',
        ].map((view) => control(target, 'GET', ofDefault(view))),
      )
      const verified = await control(target, 'POST', ofDefault('/requests/verify'), {
        where: {
          path: 'x',
          headers: { authorization: 'x', cookie: 'y', 'x-note': 'z', 'x-app-secret': 'x' },
          body: { userList: 'x', users: [{ Password: 'x' }], curDeptId: 'x' },
        },
      })
      for (const view of [...views, verified]) expect(view.status, view.text).toBe(200)
      const shown = [...views, verified].map(({ text }) => text).join('\n') + lines.join('\n')
      for (const [name, secret] of Object.entries(SECRETS)) expect(shown, name).not.toContain(secret)
      expect(shown).not.toContain(encodeURIComponent('Canary-pass'))
    })
  }

  it('of the control plane itself', async () => {
    const token = 'canary-control-token-04'
    const lines: string[] = []
    const log = createRequestLog('info', 'json', (line) => lines.push(line))
    const target = await open({ control: { token }, onExchange: log })
    await target.client.send('GET', `/koodrive/ose/${token}?x=${token}`, {
      headers: { Authorization: `Bearer ${token}`, 'X-Note': token },
    })
    const response = await target.fetch(
      new Request(`${target.baseUrl}/__admin/sandboxes/unattributed/requests.har`, {
        headers: { Authorization: `Bearer ${token}` },
      }),
    )
    const text = await response.text()
    expect(response.status).toBe(200)
    expect(text).toContain('[redacted]')
    expect(text + lines.join('')).not.toContain(token)
  })
})

it('keeps everything else of a body byte by byte', () => {
  const body =
    '{ "users" : [ {"phone":"1884609076404",\t"password" : "x\\"y", "note":"pass" } ],\n"id": 1575416580416769793 }'
  expect(new Redactor().body(body)).toBe(body.replace('x\\"y', '[redacted]'))
})

it('takes time in proportion to the body, whatever it holds', async () => {
  for (const piece of ['"', '{"password":', 'password=', '"a":"', '\\', 'name="password"\r\n', '//a:']) {
    const body = piece.repeat(262_144 / piece.length)
    const took = await cpuMs(() => {
      new Redactor().body(body)
      new Redactor().target(body)
    })
    expect(took, piece).toBeLessThan(2000)
  }
})
