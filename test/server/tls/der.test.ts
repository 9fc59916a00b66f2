import { describe, expect, it } from 'vitest'
import { bits, integer, oid, sequence, time, toPem, utf8 } from '../../../src/server/tls/der.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('DER', () => {
  it.each([
    [0, '3000'],
    [127, '307f'],
    [128, '308180'],
    [255, '3081ff'],
    [256, '30820100'],
    [65_535, '3082ffff'],
    [65_536, '3083010000'],
  ])('writes the length %i in as few bytes as can be', (length, head) => {
    expect(hex(sequence(Buffer.alloc(length))).slice(0, head.length)).toBe(head)
  })

  it.each([
    [[0], '020100'],
    [[0x7f], '02017f'],
    [[0x80], '02020080'],
    [[0, 0, 1], '020101'],
    [[0xff, 0xff], '020300ffff'],
  ])('writes the number %j without a sign and without zeros in front', (bytes, written) => {
    expect(hex(integer(Buffer.from(bytes)))).toBe(written)
  })

  it.each([
    ['2.5.29.17', '0603551d11'],
    ['1.2.840.10045.4.3.2', '06082a8648ce3d040302'],
    ['1.3.6.1.5.5.7.3.1', '06082b06010505070301'],
  ])('writes the object identifier %s', (dotted, written) => {
    expect(hex(oid(dotted))).toBe(written)
  })

  it.each([
    ['2026-04-16T08:00:00Z', 0x17, '260416080000Z'],
    ['2049-12-31T23:59:59Z', 0x17, '491231235959Z'],
    ['2050-01-01T00:00:00Z', 0x18, '20500101000000Z'],
    ['2026-04-16T08:00:00.123Z', 0x17, '260416080000Z'],
  ])('writes the time %s', (iso, tag, text) => {
    const written = time(iso)
    expect([written[0], written.subarray(2).toString('latin1')]).toEqual([tag, text])
  })

  it('writes bits, texts and PEM lines of 64 characters', () => {
    expect(hex(bits(Buffer.from([0x80]), 7))).toBe('03020780')
    expect(hex(utf8('é'))).toBe('0c02c3a9')
    const lines = toPem('X', Buffer.alloc(100)).split('\n')
    expect([lines[0], lines.at(-2), lines[1]?.length]).toEqual(['-----BEGIN X-----', '-----END X-----', 64])
  })
})
