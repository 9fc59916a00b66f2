import { describe, expect, it } from 'vitest'
import { checkRedirect } from '../../../src/server/sign-in/redirect.ts'

const rules = {
  ownHost: 'mock.test:4010',
  redirectHosts: ['app.example.com', 'other.example.com:8443', 'myapp://callback'],
}

describe('a redirect after signing in', () => {
  it.each([
    'http://localhost:3000/callback',
    'https://127.0.0.1/',
    'http://[::1]:8080/a?b=c',
    'http://front.localhost:5173/cb',
    'http://mock.test:4010/oauth2/code',
    'https://app.example.com/callback',
    'http://app.example.com:81/callback',
    'https://other.example.com:8443/',
    'myapp://callback/done',
  ])('may lead to this machine, the mock itself and the hosts that were named: %s', (uri) => {
    expect(checkRedirect(uri, rules)).toEqual({ url: new URL(uri) })
  })

  it.each([
    ['https://evil.example/', /--redirect-host evil\.example/],
    ['https://app.example.com.evil.example/', /--redirect-host/],
    ['https://other.example.com/', /--redirect-host/],
    ['https://127.0.0.1.evil.example/', /--redirect-host/],
    ['https://localhost@evil.example/', /user name/],
    ['http://localhost\\@evil.example/', /characters/],
    ['http://local\thost/', /characters/],
    ['//evil.example/', /absolute/],
    ['/callback', /absolute/],
    ['', /absolute/],
    ['javascript:alert(1)', /scheme javascript:/],
    ['data:text/html,x', /scheme data:/],
    ['file:///etc/passwd', /scheme file:/],
    ['ftp://localhost/', /scheme ftp:/],
    ['myapp://elsewhere', /scheme myapp:/],
    ['http://localhost/#token', /fragment/],
    [`http://localhost/${'a'.repeat(2048)}`, /2048/],
  ])('is refused to any other place, and says what would help: %s', (uri, problem) => {
    expect(checkRedirect(uri, rules)).toEqual({ problem: expect.stringMatching(problem) })
  })
})
