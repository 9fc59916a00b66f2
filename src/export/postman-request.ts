/** Pieces of a collection of the format 2.1. */

export const script = (listen: 'prerequest' | 'test', exec: readonly string[]) => ({
  listen,
  script: { type: 'text/javascript', exec },
})

const json = { mode: 'raw', options: { raw: { language: 'json' } } }
export const signedHeader = [{ key: 'X-User-Id', value: '{{userId}}' }]
export const jsonHeader = [{ key: 'Content-Type', value: 'application/json' }]
/** What the control plane asks for once the mock has a control token; ignored by one that has none. */
export const controlHeader = [{ key: 'Authorization', value: 'Bearer {{controlToken}}' }]
export const noAuth = { type: 'noauth' }
export const bearer = { type: 'bearer', bearer: [{ key: 'token', value: '{{accessToken}}', type: 'string' }] }

export const rawBody = (raw: string | undefined) => raw !== undefined && { body: { ...json, raw } }

export const addressOf = (path: string, query: readonly (readonly [string, string])[] = []) => ({
  raw: `{{baseUrl}}${path}${query.length === 0 ? '' : `?${query.map(([name, value]) => `${name}=${value}`).join('&')}`}`,
  host: ['{{baseUrl}}'],
  path: path.split('/').slice(1),
  ...(query.length > 0 && { query: query.map(([key, value]) => ({ key, value })) }),
})

export const isSuccess = [
  "pm.test('is processed', () => {",
  '  pm.response.to.have.status(200)',
  '  pm.expect(Number(pm.response.json().code)).to.equal(0)',
  '})',
]
