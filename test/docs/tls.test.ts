import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startCommand } from '../support/command.ts'
import { findTool, judge, run, slowJudge } from '../support/judge.ts'
import { runModule } from '../support/node.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const page = readFileSync(`${root}docs/how-to/tls.md`, 'utf8')
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, block = '']) => block)

const [serve = '', curl = '', own = ''] = blocks('sh')
const flags = (block: string) => (block.split('\n')[0] ?? '').replace('npx koodrive-mock ', '').split(' ')

/** Starts the mock as the page does, in a folder of its own and on a free port. */
async function served() {
  const ca = join(temporaryFolder(), 'ca.pem')
  const args = flags(serve).map((word) => (word === 'ca.pem' ? ca : word))
  const { url } = await startCommand([...args, '--port', '0'])
  return { url, ca, port: new URL(url).port }
}

describe('the guide to TLS', () => {
  it('shows a library call that works', async () => {
    expect(await runModule(blocks('js')[0] ?? '')).toBe('200\n')
  })

  it('shows how Node comes to trust the certificate', async () => {
    const { url, ca } = await served()
    const program = `console.log((await fetch('${url}/__admin/health')).status)`
    const args = ['--input-type=module', '--eval', program]
    expect(await run(process.execPath, args, { env: { NODE_EXTRA_CA_CERTS: ca } })).toContain('200')
  })

  it('shows flags that there are', async () => {
    const help = await run(process.execPath, ['dist/cli/main.js', 'serve', '--help'])
    for (const flag of [...flags(serve), ...flags(own)].filter((word) => word.startsWith('--'))) {
      expect(help).toContain(flag)
    }
  })
})

judge('the guide to TLS leads curl to the mock under the name of production, and fetches the CA', 'curl', async () => {
  const { port, ca, url } = await served()
  const command = curl.split('\n#')[0]?.replaceAll('4010', port).replace('ca.pem', ca) ?? ''
  expect(JSON.parse(await run('sh', ['-c', command.replace('curl ', 'curl -s ')]))).toMatchObject({
    code: 0,
    total: 200,
  })
  expect(await run('sh', ['-c', `curl -sk ${url}/__admin/ca.pem`])).toBe(readFileSync(ca, 'utf8'))
})

judge('the guide to TLS shows how Java comes to trust the certificate', 'keytool', async (keytool) => {
  const { ca } = await served()
  const store = `${ca}.p12`
  const [, line = ''] = /`keytool ([^`]+)`/.exec(page) ?? []
  const args = line.split(' ').map((word) => (word === 'ca.pem' ? ca : word === 'mock.p12' ? store : word))
  expect(await run(keytool, args)).toMatch(/added/i)
})

judge('the guide to TLS shows how Python comes to trust the certificate', 'python3', async (python) => {
  const { url, ca } = await served()
  const program = `import urllib.request; print(urllib.request.urlopen('${url}/__admin/health').status)`
  expect(await run(python, ['-c', program], { env: { SSL_CERT_FILE: ca } })).toBe('200\n')
})

slowJudge('the guide to TLS shows how Go comes to trust the certificate, and Go chooses HTTP/2', async () => {
  const go = findTool('go')
  if (go === undefined) throw new Error('go is not installed; .ci/run installs it')
  const { url, ca } = await served()
  const folder = temporaryFolder()
  const file = join(folder, 'main.go')
  writeFileSync(file, goProgram(`${url}/__admin/health`))
  const env = { SSL_CERT_FILE: ca, GOCACHE: join(folder, 'cache'), GOFLAGS: '-mod=mod' }
  expect(await run(go, ['run', file], { env })).toBe('200 HTTP/2.0\n')
})

const goProgram = (url: string): string => `package main

import (
	"fmt"
	"net/http"
)

func main() {
	answer, err := http.Get("${url}")
	if err != nil {
		panic(err)
	}
	fmt.Println(answer.StatusCode, answer.Proto)
}
`
