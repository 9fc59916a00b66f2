import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { run } from '../../src/cli/run.ts'
import { mutantAreas } from '../../src/mutants/mutant.ts'
import { mutants } from '../../src/mutants/mutants.ts'

const main = new URL('../../dist/cli/main.js', import.meta.url).pathname

/** A command line run in process. */
async function ended(...args: string[]) {
  let [out, err] = ['', '']
  const code = await run(args, {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
  })
  return { code, out, err }
}

describe('koodrive-mock mutants', () => {
  it('lists every mutant as JSON: name, area, what is wrong, which rule it breaks', async () => {
    const { code, out } = await ended('mutants', '--list')
    const listed = JSON.parse(out)
    expect(code).toBe(0)
    expect(listed.map(({ name }: { name: string }) => name)).toEqual(mutants.map(({ name }) => name))
    expect(Object.keys(listed[0])).toEqual(['name', 'area', 'title', 'clause'])
    expect(Object.keys(listed[0].clause)).toEqual(['evidence', 'source'])
  })

  it.each(mutantAreas)('lists the area %s alone', async (area) => {
    const { out } = await ended('mutants', '--list', '--only', area, '--only', 'envelope.code-missing')
    const areas = new Set(JSON.parse(out).map((mutant: { area: string }) => mutant.area))
    expect(areas).toEqual(new Set(['envelope', area]))
  })

  it('refuses a name that is neither mutant nor area', async () => {
    const { code, err } = await ended('mutants', '--list', '--only', 'envelope.code-mising')
    expect(code).toBe(2)
    expect(err).toMatch(
      /^koodrive-mock: There is no mutant "envelope\.code-mising"\. Nearest: envelope\.code-missing, .*\n$/,
    )
  })
})

describe('koodrive-mock serve --mutant', () => {
  it('says which mutant it is before it is ready, and behaves so', async () => {
    const server = spawn(process.execPath, [main, 'serve', '--port', '0', '--mutant', 'envelope.code-missing'])
    let text = ''
    const url = await new Promise<string>((resolve) => {
      server.stdout.on('data', (chunk) => {
        text += chunk
        const ready = /^koodrive-mock ready on (\S+)\n$/m.exec(text)?.[1]
        if (ready !== undefined) resolve(ready)
      })
    })
    expect(text).toContain('mutant envelope.code-missing: a success has no code.')
    const answer = await fetch(`${url}/koodrive/ose/v1/userList?offset=0&limit=1`, {
      headers: { Authorization: 'Bearer mock-admin-token' },
    })
    expect(Object.keys((await answer.json()) as object)).toEqual(['list', 'total', 'msg'])
    server.kill('SIGTERM')
    await new Promise((resolve) => server.once('close', resolve))
  })

  it('refuses an unknown name with the nearest ones, and tells of the flag', async () => {
    const refused = await ended('serve', '--port', '0', '--mutant', 'signature.accepted')
    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.err).toMatch(/There is no mutant "signature\.accepted"\. Nearest: signature\./)
    expect((await ended('serve', '--help')).out).toMatch(/--mutant <name>.*mutants --list/s)
  })
})
