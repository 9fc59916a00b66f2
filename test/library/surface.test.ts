import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { entryPoints } from '../support/entry-points.ts'
import { runModule } from '../support/node.ts'
import { root } from '../support/source-files.ts'

const entries: [string, string][] = entryPoints.map(({ name, script }) => [name, script])

/** Entry points that a plain program cannot import: one takes a run of Vitest, the other a package that is not here. */
const dependent = ['koodrive-mock/vitest', 'koodrive-mock/testcontainers']
const alone = entries.filter(([name]) => !dependent.includes(name))

/** What zod keeps there so that two copies of it agree, and Node when its fetch is looked at. */
const KNOWN_GLOBALS = '^__zod_|undici'

const textOf = (file: string): string => readFileSync(root + file.replace(/\.js$/, '.d.ts'), 'utf8')

const declared = (file: string, kinds: RegExp): string[] =>
  [...textOf(file).matchAll(/export (?:declare )?(\w+) (\w+)/g)].flatMap(([, kind = '', name = '']) =>
    kinds.test(kind) ? [name] : [],
  )

/** Names of types that an entry point exports. */
function typesOf(file: string): string[] {
  const listed = [...textOf(file).matchAll(/export (type )?\{([^}]*)\}/g)].flatMap(([, all, names = '']) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && (all !== undefined || name.startsWith('type ')))
      .map((name) => name.replace(/^type /, '')),
  )
  return [...listed, ...declared(file, /^(?:interface|type)$/)]
}

describe('the public surface', () => {
  it('changes only on purpose: every entry point exports exactly these names', async () => {
    const source = `
      const names = {}
      for (const name of ${JSON.stringify(alone.map(([name]) => name))})
        names[name] = Object.keys(await import(name)).sort()
      console.log(JSON.stringify(names))`
    const values = JSON.parse(await runModule(source))
    const surface = entries.flatMap(([name, file]) => [
      ...(values[name] ?? declared(file, /^(?:const|function|class)$/)).map((value: string) => `${name} ${value}`),
      ...typesOf(file)
        .sort()
        .map((type) => `${name} type ${type}`),
    ])
    await expect(`${surface.join('\n')}\n`).toMatchFileSnapshot('surface.txt')
  })

  it.each(alone)('%s prints nothing, keeps nothing running and touches no global when it is imported', async (name) => {
    const source = `
      const before = new Set(Reflect.ownKeys(globalThis))
      const listeners = () => process.eventNames().map((name) => [name, process.listenerCount(name)]).join()
      const listening = listeners()
      await import('${name}')
      const handles = process.getActiveResourcesInfo().filter((kind) => !/Pipe|TTY|FS|Close/.test(kind))
      const added = Reflect.ownKeys(globalThis).filter((key) => !before.has(key)).map(String)
      console.log(JSON.stringify([added.filter((key) => !/${KNOWN_GLOBALS}/.test(key)), listeners() === listening, handles]))`
    expect(await runModule(source)).toBe('[[],true,[]]\n')
  })
})
