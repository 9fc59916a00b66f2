import { describe, expect, it } from 'vitest'
import { type DiagnoseOptions, diagnose, formatXDate, type SignableRequest, sign } from '../../src/signing/index.ts'

const NOW = Date.UTC(2026, 3, 16, 8, 0, 0)
const MINUTE = 60_000
const credentials = { appId: '0123456789abcdef'.repeat(4), appSecret: 'koodrive-mock-app-secret' }

function requestAt(epochMs: number): SignableRequest {
  const headers = { Host: 'mock', 'X-Date': formatXDate(epochMs), 'X-User-Id': '1844090530019957504' }
  const request = { method: 'GET', url: '/koodrive/ose/v1/userList?offset=0', headers }
  return { ...request, headers: sign(request, credentials).headers }
}

const idsAt = (epochMs: number, options: Partial<DiagnoseOptions> = {}) =>
  diagnose(requestAt(epochMs), { ...credentials, now: NOW, ...options }).mistakes.map(({ id }) => id)

describe('the age of X-Date', () => {
  it.each([
    ['now', 0, []],
    ['one second old', -1000, []],
    ['exactly 15 minutes old', -15 * MINUTE, []],
    ['15 minutes and a second old', -15 * MINUTE - 1000, ['x-date-too-old']],
    ['16 minutes old', -16 * MINUTE, ['x-date-too-old']],
    ['30 minutes old', -30 * MINUTE, ['x-date-too-old']],
    ['50 minutes old', -50 * MINUTE, ['x-date-too-old']],
    ['a day old', -24 * 60 * MINUTE, ['x-date-too-old']],
    ['one second ahead', 1000, ['x-date-in-future']],
    ['15 minutes ahead', 15 * MINUTE, ['x-date-in-future']],
    ['15 hours ahead', 15 * 60 * MINUTE, ['x-date-in-future']],
  ])('%s', (_, offset, ids) => {
    expect(idsAt(NOW + offset)).toEqual(ids)
  })

  it.each([
    [-16 * MINUTE, '960 s old, 900 s are allowed: 16 min against 15 min'],
    [-26 * 60 * MINUTE, '93600 s old, 900 s are allowed: 1 day 2 h against 15 min'],
    [-2524 * 24 * 60 * MINUTE, '218073600 s old, 900 s are allowed: 2524 days against 15 min'],
    [20 * MINUTE, 'by 1200 s, which is 20 min'],
    [59_000, '(by 59 s)'],
  ])('is said in days, hours and minutes beside the seconds: %i ms', (offset, detail) => {
    expect(diagnose(requestAt(NOW + offset), { ...credentials, now: NOW }).summary).toContain(detail)
  })

  it('is not judged without a clock, and is judged by the window and tolerance it is given', () => {
    expect(diagnose(requestAt(0), credentials).ok).toBe(true)
    expect(idsAt(NOW - 16 * MINUTE, { windowMs: 20 * MINUTE })).toEqual([])
    expect(idsAt(NOW - 2000, { windowMs: 1000 })).toEqual(['x-date-too-old'])
    expect(idsAt(NOW + 5000, { futureToleranceMs: 5000 })).toEqual([])
    expect(idsAt(NOW + 6000, { futureToleranceMs: 5000 })).toEqual(['x-date-in-future'])
  })

  it.each([
    [8 * 60, '08:00 ahead of the server, the local time of UTC+08:00'],
    [5 * 60 + 30, 'UTC+05:30'],
    [5 * 60 + 45, 'UTC+05:45'],
    [14 * 60, 'UTC+14:00'],
    [-3 * 60 - 30, '03:30 behind the server, the local time of UTC-03:30'],
    [-12 * 60, 'UTC-12:00'],
  ])('is told as local time when it is %i minutes off, and the offset is named', (minutes, detail) => {
    for (const late of [0, 2000, 45_000]) {
      const { summary, mistakes } = diagnose(requestAt(NOW + minutes * MINUTE - late), { ...credentials, now: NOW })
      expect(mistakes.map(({ id }) => id)).toEqual(['x-date-local-time'])
      expect(summary).toContain(detail)
    }
  })

  it('is told as local time for every quarter of an hour from one to fourteen hours', () => {
    for (let quarters = 4; quarters <= 56; quarters += 1) {
      expect(idsAt(NOW + quarters * 15 * MINUTE)).toEqual(['x-date-local-time'])
      expect(idsAt(NOW - quarters * 15 * MINUTE)).toEqual(['x-date-local-time'])
    }
  })
})

describe('a mistake that can be seen', () => {
  it('is named beside one of the signature', () => {
    const request = requestAt(NOW - 16 * MINUTE)
    const { summary, mistakes } = diagnose({ ...request, body: '{}' }, { ...credentials, now: NOW })
    expect(mistakes.map(({ id }) => id)).toEqual(['x-date-too-old', 'body-hash-of-nothing'])
    expect(summary).toMatch(/^2 mistakes: \(1\) X-Date is too old .*; \(2\) The request has a body/)
  })

  it('does not hide that the signature is wrong besides', () => {
    const request = requestAt(NOW - 16 * MINUTE)
    const diagnosis = diagnose({ ...request, url: '/other' }, { ...credentials, now: NOW })
    expect(diagnosis).toMatchObject({ signature: 'unexplained', mistakes: [{ id: 'x-date-too-old' }] })
    expect(diagnosis.summary).toContain('besides, the signature does not match')
  })

  it('is all that is said when the server cannot know the key', () => {
    const diagnosis = diagnose(requestAt(NOW), { appId: 'other', appSecret: 'other-secret', now: NOW })
    expect(diagnosis).toMatchObject({ signature: 'unread', mistakes: [{ id: 'app-id-unknown' }] })
    expect(diagnosis.summary).not.toContain('besides')
  })

  it.each([
    ['1776326400', 'seconds or milliseconds'],
    ['2026-04-16T08:00:00Z', 'ISO 8601'],
    ['Thu, 16 Apr 2026 08:00:00 GMT', 'HTTP date'],
    ['20260416T080000', 'Z is missing'],
    ['20260230T080000Z', 'no such day'],
    ['20260416T080000+0800', 'offset'],
    ['', 'empty'],
  ])('tells of the X-Date %j what it looks like', (text, detail) => {
    const headers = {
      'X-Date': text,
      'X-User-Id': '1',
      Authorization: 'HMAC-SHA256 AppId=a,SignedHeaders=b,Signature=c',
    }
    const { mistakes } = diagnose({ method: 'GET', url: '/', headers }, { ...credentials, now: NOW })
    expect(mistakes.find(({ id }) => id === 'x-date-malformed')?.title).toContain(detail)
  })

  it.each([
    ['other order', 'HMAC-SHA256 SignedHeaders=host;x-date;x-user-id,AppId=ID,Signature=SIG'],
    ['quotes', 'HMAC-SHA256 AppId="ID",SignedHeaders="host;x-date;x-user-id",Signature="SIG"'],
    ['semicolons between the fields', 'HMAC-SHA256 AppId=ID;SignedHeaders=host;x-date;x-user-id;Signature=SIG'],
    ['spaces between the fields', 'HMAC-SHA256 AppId=ID SignedHeaders=host;x-date;x-user-id Signature=SIG'],
    ['a list joined by commas', 'HMAC-SHA256 AppId=ID,SignedHeaders=host,x-date,x-user-id,Signature=SIG'],
    ['a scheme in lower case', 'hmac-sha256 AppId=ID,SignedHeaders=host;x-date;x-user-id,Signature=SIG'],
    ['no scheme', 'AppId=ID,SignedHeaders=host;x-date;x-user-id,Signature=SIG'],
  ])('reads the signature of a malformed Authorization all the same: %s', (_, form) => {
    const request = requestAt(NOW)
    const headers = [...(request.headers as [string, string][])]
    const signature = headers.pop()?.[1].slice(-64) ?? ''
    const send = (authorization: string, body?: string) =>
      diagnose(
        { ...request, body, headers: [...headers, ['Authorization', authorization]] },
        { ...credentials, now: NOW },
      )
    const text = form.replace('ID', credentials.appId).replace('SIG', signature)
    expect(send(text)).toMatchObject({ ok: false, signature: 'right', mistakes: [{ id: 'authorization-malformed' }] })
    expect(send(text, '{}').mistakes.map(({ id }) => id)).toEqual(['authorization-malformed', 'body-hash-of-nothing'])
  })
})
