import { readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:http2'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createAuthority } from '../../src/server/tls/authority.ts'
import { runToEnd, startCommand } from '../support/command.ts'
import { callSecurely } from '../support/secure.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const health = { path: '/__admin/health' }

describe('koodrive-mock serve --tls', () => {
  it('says https on its ready line and writes the CA to trust before it', async () => {
    const file = join(temporaryFolder(), 'ca.pem')
    const { url, banner } = await startCommand(['--port', '0', '--tls', '--tls-ca-out', file])
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    expect(banner()).toContain(`NODE_EXTRA_CA_CERTS=${file}`)
    expect((await callSecurely('HTTP/2', url, readFileSync(file, 'utf8'), health)).status).toBe(200)
  })

  it('tells how to come by the CA when no file is named', async () => {
    const { url, banner } = await startCommand(['--port', '0', '--tls'])
    expect(banner()).toContain(`curl -sk ${url}/__admin/ca.pem`)
    const silent = await startCommand(['--port', '0', '--tls', '--no-control'])
    expect(silent.banner()).toContain('--tls-ca-out')
  })

  it('is turned on by the environment, for further names', async () => {
    const file = join(temporaryFolder(), 'ca.pem')
    const { url } = await startCommand([], {
      KOODRIVE_MOCK_PORT: '0',
      KOODRIVE_MOCK_TLS: 'true',
      KOODRIVE_MOCK_TLS_CA_OUT: file,
      KOODRIVE_MOCK_TLS_NAME: 'mock,mock.test',
    })
    expect(url).toMatch(/^https:/)
    const session = connect(url, { ca: readFileSync(file), servername: 'mock.test' })
    await new Promise((resolve, reject) => session.once('connect', resolve).once('error', reject))
    session.destroy()
  })

  it('is trusted by any Node program that NODE_EXTRA_CA_CERTS tells to, the contract kit and healthcheck included', async () => {
    const file = join(temporaryFolder(), 'ca.pem')
    const { url } = await startCommand(['--port', '0', '--tls', '--tls-ca-out', file])
    const env = { KOODRIVE_ACCESS_TOKEN: 'mock-admin-token', NODE_EXTRA_CA_CERTS: file }
    const contract = ['contract', '--target', url, '--only', 'list-users']
    expect((await runToEnd(contract, env)).code).toBe(0)
    expect((await runToEnd(contract, { ...env, NODE_EXTRA_CA_CERTS: '' })).code).toBe(3)
    expect((await runToEnd(['healthcheck', '--url', url])).code).toBe(0)
    const { port } = new URL(url)
    expect((await runToEnd(['healthcheck'], { KOODRIVE_MOCK_PORT: port, KOODRIVE_MOCK_TLS: 'true' })).code).toBe(0)
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 on %s although an HTTP/2 session is open', async (signal) => {
    const file = join(temporaryFolder(), 'ca.pem')
    const { url, child, ended } = await startCommand(['--port', '0', '--tls', '--tls-ca-out', file])
    const session = connect(url, { ca: readFileSync(file) })
    session.on('error', () => undefined)
    await new Promise((resolve) => session.request({ ':path': '/__admin/health' }).resume().on('close', resolve))
    child.kill(signal)
    expect((await ended).code).toBe(0)
    session.destroy()
  })

  it.each([
    ['pretty', /plain HTTP.*https/],
    ['json', /^\{"notice":".*plain HTTP.*"\}$/m],
  ])('logs a client that speaks plain HTTP (%s)', async (format, line) => {
    const { url, child, ended } = await startCommand(['--port', '0', '--tls', '--log-format', format])
    expect((await fetch(url.replace('https', 'http'))).status).toBe(400)
    child.kill('SIGTERM')
    expect((await ended).out).toMatch(line)
  })
})

describe('koodrive-mock serve --cert --key', () => {
  const folder = () => {
    const path = temporaryFolder()
    const authority = createAuthority(Date.now())
    const { cert, key } = authority.issue(['localhost', '127.0.0.1'])
    const files = { cert: join(path, 'cert.pem'), key: join(path, 'key.pem'), other: join(path, 'other.pem') }
    writeFileSync(files.cert, cert)
    writeFileSync(files.key, key)
    writeFileSync(files.other, authority.issue(['localhost']).key)
    return { ...files, path, ca: authority.pem }
  }

  it('shows the certificate of your own', async () => {
    const { cert, key, ca } = folder()
    const { url, banner } = await startCommand(['--port', '0', '--cert', cert, '--key', key])
    expect((await callSecurely('HTTP/1.1', url, ca, health)).status).toBe(200)
    expect(banner()).not.toContain('CA to trust')
  })

  type Files = ReturnType<typeof folder>
  it.each<[string, (files: Files) => string[], RegExp]>([
    ['a certificate without a key', ({ cert }) => ['--cert', cert], /--cert needs --key/],
    ['a key without a certificate', ({ key }) => ['--key', key], /--key needs --cert/],
    [
      'a file that is not there',
      ({ key }) => ['--cert', '/nonexistent', '--key', key],
      /--cert \/nonexistent .*ENOENT/,
    ],
    ['a folder for a file', ({ cert, path }) => ['--cert', cert, '--key', path], /--key .*EISDIR/],
    ['a key of another certificate', ({ cert, other }) => ['--cert', cert, '--key', other], /does not belong/],
    ['files the wrong way round', ({ cert, key }) => ['--cert', key, '--key', cert], /holds PRIVATE KEY/],
    [
      'a CA to write for it',
      ({ cert, key, path }) => ['--cert', cert, '--key', key, '--tls-ca-out', path],
      /--tls-ca-out/,
    ],
    ['a CA to write without TLS', ({ path }) => ['--tls-ca-out', path], /--tls-ca-out needs --tls/],
    ['a name without TLS', () => ['--tls-name', 'mock'], /--tls-name needs --tls/],
    ['a name that is none', () => ['--tls', '--tls-name', 'a b'], /--tls-name: "a b" is neither/],
    ['a CA that cannot be written', () => ['--tls', '--tls-ca-out', '/nonexistent/ca.pem'], /--tls-ca-out .*ENOENT/],
  ])('refuses %s with exit code 2 and one line', async (_, args, reason) => {
    const { code, err, out } = await runToEnd(['--port', '0', ...args(folder())])
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(reason)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect(err).not.toContain('BEGIN PRIVATE KEY-----\n')
  })
})
