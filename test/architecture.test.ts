import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { version } from '../src/spec/version.ts'
import { root, type SourceFile, sourceFiles, styleSheets } from './support/source-files.ts'

interface Room {
  readonly rooms: readonly string[]
  readonly packages: readonly (string | RegExp)[]
}

const NODE = /^node:/

/** Who may enter which room, and which packages a room may use. */
const allowed: Readonly<Record<string, Room>> = {
  spec: { rooms: [], packages: ['zod', /^openapi3-ts(?:\/|$)/] },
  signing: { rooms: [], packages: ['node:crypto', 'node:zlib'] },
  export: { rooms: ['spec', 'shared'], packages: ['yaml'] },
  scenarios: { rooms: ['spec', 'shared'], packages: ['zod', /^node:(?:fs|path|url)/, 'yaml'] },
  routes: { rooms: ['spec', 'scenarios', 'shared'], packages: ['zod'] },
  world: { rooms: ['spec', 'scenarios', 'routes', 'shared'], packages: [] },
  store: { rooms: ['world', 'shared'], packages: [NODE, 'pg', '@electric-sql/pglite'] },
  journal: { rooms: ['spec', 'signing', 'scenarios', 'world', 'shared'], packages: [NODE, 'zod'] },
  server: {
    rooms: ['spec', 'signing', 'scenarios', 'routes', 'world', 'store', 'journal', 'shared'],
    packages: [/^hono(?:\/|$)/, /^@hono\/node-server(?:\/|$)/, NODE, 'prom-client', 'zod'],
  },
  mutants: {
    rooms: ['spec', 'signing', 'scenarios', 'world', 'server', 'shared'],
    packages: ['zod'],
  },
  console: {
    rooms: ['spec', 'signing', 'scenarios', 'world', 'journal', 'server', 'shared'],
    packages: [/^hono(?:\/|$)/, /^openapi3-ts(?:\/|$)/, NODE, 'yaml', 'zod'],
  },
  mcp: {
    rooms: ['spec', 'scenarios', 'world', 'server', 'contract', 'export', 'shared'],
    packages: [/^@modelcontextprotocol\/sdk\//, 'zod'],
  },
  mock: {
    rooms: ['spec', 'scenarios', 'routes', 'world', 'journal', 'server', 'mutants', 'console', 'mcp', 'shared'],
    packages: [NODE, 'zod'],
  },
  shared: { rooms: [], packages: [NODE, 'lossless-json'] },
  client: { rooms: ['spec', 'signing', 'shared'], packages: ['zod', 'undici', NODE] },
  proxy: {
    rooms: ['spec', 'signing', 'client', 'contract', 'server', 'journal', 'mock', 'world', 'shared'],
    packages: [/^hono$/, NODE, 'zod'],
  },
  contract: {
    rooms: ['spec', 'signing', 'client', 'shared'],
    packages: ['zod', 'picocolors', 'fast-check', NODE],
  },
}

const files = sourceFiles()
const roomOf = (path: string): string => (path.includes('/') ? (path.split('/')[0] ?? '') : 'index')
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))

function strangers({ path, internal, external }: SourceFile): string[] {
  const own = roomOf(path)
  const room = allowed[own]
  if (room === undefined) return []
  return [
    ...internal.filter((to) => roomOf(to) !== own && !room.rooms.includes(roomOf(to))),
    ...external
      .map(({ name }) => name)
      .filter((name) => !room.packages.some((one) => (typeof one === 'string' ? one === name : one.test(name)))),
  ]
}

describe('the rooms of src/', () => {
  it('import only what the table allows', () => {
    const broken = files.flatMap((file) => strangers(file).map((to) => `${file.path} -> ${to}`))
    expect(broken).toEqual([])
  })

  it('would be caught importing anything else', () => {
    const intruder = (path: string, internal: string[], external: string[] = []) =>
      strangers({ path, text: '', internal, loads: [], external: external.map((name) => ({ name, lazy: false })) })
    expect(intruder('contract/runner.ts', ['server/create-mock.ts', 'world/world.ts'])).toHaveLength(2)
    expect(intruder('signing/sign.ts', ['spec/errors.ts'], ['node:fs', 'node:crypto'])).toHaveLength(2)
    expect(intruder('world/world.ts', [], ['@faker-js/faker', 'node:timers'])).toHaveLength(2)
  })

  it('are entered by nobody but tests when they are the command line or the entry points', () => {
    const broken = files.flatMap(({ path, internal }) =>
      internal
        .filter((to) => (roomOf(to) === 'cli' && roomOf(path) !== 'cli') || to === 'index.ts')
        .map((to) => `${path} -> ${to}`),
    )
    expect(broken).toEqual([])
  })

  it('load yaml lazily: a start without a file never pays for it', () => {
    const eager = files.filter(({ external }) => external.some(({ name, lazy }) => name === 'yaml' && !lazy))
    expect(eager.map(({ path }) => path)).toEqual([])
  })

  it('have no import that leads nowhere', () => {
    const known = new Set(files.map(({ path }) => path))
    const missing = files.flatMap(({ path, internal }) =>
      internal.filter((to) => /\.tsx?$/.test(to) && !known.has(to)).map((to) => `${path} -> ${to}`),
    )
    expect(missing).toEqual([])
  })

  it('have no cycle among their files, neither of code nor of types nor of what is loaded on demand', () => {
    expect(findCycle(new Map(files.map(({ path, internal }) => [path, internal])))).toBeUndefined()
  })

  it('have no cycle among themselves', () => {
    const graph = new Map<string, string[]>()
    for (const { path, internal } of files) {
      const own = roomOf(path)
      const others = internal.map(roomOf).filter((room) => room !== own && room !== 'index')
      graph.set(own, [...(graph.get(own) ?? []), ...others])
    }
    expect(findCycle(graph)).toBeUndefined()
  })

  it.each([2, 3])('have no cycle among folders and the files beside them, %i levels down', (levels) => {
    const placeOf = (path: string): string => path.split('/').slice(0, levels).join('/')
    const graph = new Map<string, string[]>()
    for (const { path, internal } of files) {
      const own = placeOf(path)
      graph.set(own, [...(graph.get(own) ?? []), ...internal.map(placeOf).filter((place) => place !== own)])
    }
    expect(findCycle(graph)).toBeUndefined()
  })

  it('would be caught in a cycle', () => {
    const cycle = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['a']],
    ])
    expect(findCycle(cycle)).toEqual(['a', 'b', 'c', 'a'])
  })
})

describe('the source', () => {
  /** The last is a script for other tools, which date their requests themselves. */
  const clocks = ['server/system-time.ts', 'client/system-time.ts', 'world/instant.ts', 'export/signing-script.ts']

  it('asks the real clock and the real dice nowhere but in the files that are there for it', () => {
    const broken = files
      .filter(
        ({ path, text }) =>
          /\bDate\.now\b|\bnew Date\(|\bMath\.random\b|\brandomUUID\b/.test(text) && !clocks.includes(path),
      )
      .map(({ path }) => path)
    expect(broken).toEqual([])
  })

  it('has no file of more than 300 lines, besides those that scripts write', () => {
    const all = [...files, ...styleSheets()]
    const long = all
      .filter(({ text }) => !text.startsWith('/* Written by') && text.split('\n').length > 301)
      .map(({ path }) => path)
    expect(long).toEqual([])
  })

  it('silences neither compiler nor linter', () => {
    const silenced = files.filter(({ text }) => /@ts-(?:ignore|expect-error|nocheck)|biome-ignore/.test(text))
    expect(silenced.map(({ path }) => path)).toEqual([])
  })

  it('uses no package that package.json does not list, to be bundled or as a peer', () => {
    const packages = new Set(
      files.flatMap(({ external }) => external.map(({ name }) => name)).filter((name) => !NODE.test(name)),
    )
    for (const name of packages) {
      const owner = name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/')
      expect({ ...manifest.devDependencies, ...manifest.peerDependencies }, name).toHaveProperty([owner])
    }
  })
})

describe('package.json', () => {
  it('has the version that the program prints', () => {
    expect(version).toBe(manifest.version)
  })

  it('opens every room that has an index.ts to users', () => {
    for (const { path } of files.filter(({ path }) => /^[a-z]+\/index\.ts$/.test(path))) {
      const room = roomOf(path)
      expect(manifest.exports).toHaveProperty([`./${room}`], {
        import: { types: `./dist/${room}/index.d.ts`, default: `./dist/${room}/index.js` },
        require: { types: `./dist/${room}/index.d.cts`, default: `./dist/${room}/index.cjs` },
      })
    }
  })

  it('has at most six scripts for people', () => {
    expect(Object.keys(manifest.scripts).length).toBeLessThanOrEqual(6)
  })
})

/** The first cycle of a graph, from the file that closes it and back. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>()
  const visit = (node: string, trail: readonly string[]): string[] | undefined => {
    const at = trail.indexOf(node)
    if (at >= 0) return [...trail.slice(at), node]
    if (done.has(node)) return undefined
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...trail, node])
      if (cycle !== undefined) return cycle
    }
    done.add(node)
    return undefined
  }
  for (const node of graph.keys()) {
    const cycle = visit(node, [])
    if (cycle !== undefined) return cycle
  }
  return undefined
}
