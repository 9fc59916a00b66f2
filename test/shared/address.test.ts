import { describe, expect, it } from 'vitest'
import { bareHost, callableHost, isHost, isLoopback, urlHost } from '../../src/shared/address.ts'

describe('an address to listen on', () => {
  it.each([
    // given, in a URL, called at, loopback
    ['127.0.0.1', '127.0.0.1', '127.0.0.1', true],
    ['127.8.8.8', '127.8.8.8', '127.8.8.8', true],
    ['localhost', 'localhost', 'localhost', true],
    ['LOCALHOST', 'LOCALHOST', 'LOCALHOST', true],
    ['::1', '[::1]', '::1', true],
    ['[::1]', '[::1]', '::1', true],
    ['0:0:0:0:0:0:0:1', '[0:0:0:0:0:0:0:1]', '0:0:0:0:0:0:0:1', true],
    ['::ffff:127.0.0.1', '[::ffff:127.0.0.1]', '::ffff:127.0.0.1', true],
    ['::1%lo', '[::1%25lo]', '::1', true],
    ['0.0.0.0', '0.0.0.0', '127.0.0.1', false],
    ['::', '[::]', '::1', false],
    ['[::]', '[::]', '::1', false],
    ['192.168.1.7', '192.168.1.7', '192.168.1.7', false],
    ['2001:db8::7', '[2001:db8::7]', '2001:db8::7', false],
    ['fe80::1%eth0', '[fe80::1%25eth0]', 'fe80::1%eth0', false],
    ['mock.example', 'mock.example', 'mock.example', false],
    ['127.0.0.1.example', '127.0.0.1.example', '127.0.0.1.example', false],
  ])('%s is %s in a URL and is called at %s', (given, inUrl, callable, loopback) => {
    expect(isHost(given)).toBe(true)
    expect(urlHost(given)).toBe(inUrl)
    expect(urlHost(bareHost(given))).toBe(inUrl)
    expect(callableHost(given)).toBe(callable)
    expect(isLoopback(given)).toBe(loopback)
  })

  it.each([
    '',
    ' ',
    '127.0.0.1:4010',
    ':4010',
    'http://127.0.0.1',
    '[::1]:4010',
    '[',
    '*',
    'a b',
    'a/b',
    '::1::',
    '999.1.1.1',
  ])('%j is none', (text) => {
    expect(isHost(text)).toBe(false)
  })
})
