import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diagnose, type SignableRequest } from '../../src/signing/index.ts'
import { mistakes } from '../../src/signing/mistakes/table.ts'
import { sentBy as requestOf } from './mistaken-client-request.ts'
import { type MistakenClient, mistakenClients } from './mistaken-clients.ts'
import type { Pairs } from './mistaken-signer.ts'

const NOW = Date.UTC(2026, 3, 16, 8, 0, 0)
const appId = '0123456789abcdef'.repeat(4)
const usual = 'koodrive-mock-app-secret'
const knownSecrets = [{ appId: 'e'.repeat(64), appSecret: 'secret-of-another-app' }]

const movedClock = { realNow: Date.UTC(2026, 5, 1), what: 'it stands still', undo: 'let it go' }
const known = { now: NOW, knownSecrets, knownUserIds: ['1505084218764547200'], movedClock }
const cureOf = (cure: unknown): string => (typeof cure === 'function' ? cure({ movedClock }) : String(cure))

const sentBy = (client: MistakenClient) => requestOf(client, { appId, appSecret: usual }, 'mock.example.org:4010')

const diagnoseClient = (client: MistakenClient) => {
  const { method, target: url, headers, body, appSecret } = sentBy(client)
  return diagnose({ method, url, headers, body } as SignableRequest, { appId, appSecret, ...known })
}

describe('the diagnosis of a signature', () => {
  it('has a client in this test for every mistake it can name', () => {
    expect(Object.keys(mistakenClients).sort()).toEqual(mistakes.map(({ id }) => id).sort())
  })

  it.each(Object.entries(mistakenClients))(
    'names %s and nothing else when a client makes it, and says what to do',
    (id, client) => {
      const diagnosis = diagnoseClient(client)
      expect(diagnosis.ok).toBe(false)
      expect(diagnosis.mistakes.map((mistake) => mistake.id)).toEqual([id])
      const { title, cure } = mistakes.find((mistake) => mistake.id === id) ?? { title: '', cure: '' }
      expect(diagnosis.summary).toContain(title.split(' (')[0])
      expect(diagnosis.summary).toContain(cureOf(cure))
      expect(diagnosis.summary).toMatch(/^[ -~]+$/)
    },
  )

  it.each([
    ['path-no-trailing-slash', 'query-unsorted'],
    ['path-no-trailing-slash', 'secret-trailing-newline'],
    ['layout-no-empty-line', 'string-to-sign-with-date'],
    ['method-lower-case', 'host-port'],
    ['host-of-vendor', 'signature-base64'],
    ['body-hash-upper-case', 'layout-trailing-newline'],
    ['query-left-out', 'headers-unsorted'],
  ])('names %s and %s when a client makes both', (first, second) => {
    const a = mistakenClients[first] ?? {}
    const b = mistakenClients[second] ?? {}
    const diagnosis = diagnoseClient({ ...a, ...b, steps: { ...a.steps, ...b.steps } })
    expect(diagnosis.mistakes.map(({ id }) => id)).toEqual([first, second])
  })

  it.each(['intl.myhuaweicloud-koodrive.com', 'cn.myhuaweicloud-koodrive.com'])(
    'names the host of the vendor %s beside another mistake that is no frequent one',
    (vendor) => {
      const steps = {
        value: (name: string, text: string) => (name === 'host' ? vendor : text),
        key: (secret: string) => `${secret} `,
      }
      expect(diagnoseClient({ steps }).mistakes.map(({ id }) => id)).toEqual(['host-of-vendor', 'secret-blanks'])
    },
  )

  it('calls a right signature right', () => {
    expect(diagnoseClient({})).toMatchObject({ ok: true, mistakes: [], summary: 'The signature is right.' })
  })

  it('shows both canonical requests and where they differ', () => {
    const diagnosis = diagnoseClient(mistakenClients['path-no-trailing-slash'] ?? {})
    expect(diagnosis.differences).toEqual([
      { line: 2, part: 'path', expected: '/koodrive/ose/v1/userList/', actual: '/koodrive/ose/v1/userList' },
    ])
    expect(diagnosis.clientCanonicalRequest).toContain('GET\n/koodrive/ose/v1/userList\n')
  })

  it('gives the canonical request and the string to sign of the server when nothing known explains a signature', () => {
    const diagnosis = diagnoseClient({ steps: { key: () => 'a secret nobody knows' } })
    expect(diagnosis).toMatchObject({ ok: false, mistakes: [] })
    expect(diagnosis.summary).toMatch(/no known mistake.*check the AppSecret/)
    expect(diagnosis.expected.canonicalRequest).toMatch(
      /^GET\n\/koodrive\/ose\/v1\/userList\/\nlimit=10&offset=0\nhost:/,
    )
    expect(diagnosis.expected.stringToSign).toMatch(/^HMAC-SHA256\n[0-9a-f]{64}$/)
  })

  it('never tells the AppSecret, nor the right signature to a client that did not send it', () => {
    const sent = (headers: Pairs) => headers.find(([name]) => name === 'Authorization')?.[1] ?? ''
    for (const [id, client] of Object.entries(mistakenClients)) {
      const secret = client.appSecret ?? usual
      const text = JSON.stringify(diagnoseClient(client))
      expect(text.includes(secret), id).toBe(false)
      const { steps, ...same } = client
      const right = /Signature=(\w+)/.exec(sent(sentBy(same).headers))?.[1] ?? 'none'
      if (!sent(sentBy(client).headers).includes(right)) expect(text.includes(right), id).toBe(false)
    }
  })

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.array(fc.tuple(fc.string(), fc.string())),
        fc.string(),
        (method, url, headers, body) => {
          const authorization: [string, string] = [
            'Authorization',
            `HMAC-SHA256 AppId=${appId},SignedHeaders=x-date;x-user-id,Signature=${body}`,
          ]
          for (const all of [headers, [...headers, authorization]]) {
            expect(diagnose({ method, url, headers: all, body }, { appId, appSecret: usual, now: NOW }).ok).toBe(false)
          }
        },
      ),
      { numRuns: 100 },
    )
  })
})
