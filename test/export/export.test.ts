import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { run as runCommandLine } from '../../src/cli/run.ts'
import { type ExportFormat, exportFormats } from '../../src/export/exported-file.ts'
import { operations } from '../../src/spec/operations.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** Every file below a folder, with its text. */
function contentOf(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(paths.sort().map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]))
}

async function command(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const printed = { out: '', err: '' }
  const streams = {
    out: (text: string) => {
      printed.out += text
    },
    err: (text: string) => {
      printed.err += text
    },
  }
  return { code: await runCommandLine(args, streams as never), ...printed }
}

async function exported(format: string, ...args: string[]): Promise<Record<string, string>> {
  const folder = join(temporaryFolder(), 'export')
  expect(await command('export', format, '--out', folder, ...args)).toMatchObject({ code: 0, out: '' })
  return contentOf(folder)
}

/** The repository has the OpenAPI document once, at its root. */
const withDocument = ({
  'koodrive.arazzo.yaml': flows = '',
  ...rest
}: Record<string, string>): Record<string, string> => ({
  ...rest,
  'koodrive.arazzo.yaml': flows.replace('url: ../../openapi.json', 'url: ./openapi.json'),
  'openapi.json': readFileSync(`${root}openapi.json`, 'utf8'),
})

const committed = (format: ExportFormat): Record<string, string> => {
  if (format === 'llms') return { 'llms.txt': readFileSync(`${root}llms.txt`, 'utf8') }
  if (format === 'arazzo') return withDocument(contentOf(`${root}collections/arazzo`))
  return contentOf(`${root}${format === 'reference' ? 'docs' : 'collections'}/${format}`)
}

describe.each(exportFormats)('koodrive-mock export %s', (format) => {
  it('writes what is committed', async () => {
    const files = await exported(format)
    expect(files, 'npm run build writes it again').toEqual(committed(format))
  })

  it('knows every operation, by its path', async () => {
    const text = Object.values(await exported(format)).join('\n')
    for (const { path } of operations) expect(text, path).toContain(path.split('{')[0])
  })

  it.skipIf(format === 'reference')('names another address when it is told one', async () => {
    const text = Object.values(await exported(format, '--base-url', 'https://koodrive.example/')).join('\n')
    expect(text).toContain('https://koodrive.example')
    expect(text).not.toContain('https://koodrive.example/"')
  })
})

describe('koodrive-mock export', () => {
  it('prints a format that is one file', async () => {
    const { code, out } = await command('export', 'llms')
    expect([code, out]).toEqual([0, readFileSync(`${root}llms.txt`, 'utf8')])
  })

  it('puts each of several formats into a folder of its own, and says what it wrote', async () => {
    const folder = temporaryFolder()
    const { err } = await command('export', 'bruno', 'llms', '--out', folder)
    expect(readdirSync(folder).sort()).toEqual(['bruno', 'llms'])
    expect(err.trim().split('\n')).toContain(join(folder, 'llms/llms.txt'))
  })

  it.each([
    [['export'], /missing required argument 'formats'/],
    [['export', 'soap'], /'soap' is invalid.*Allowed choices are postman, bruno, hurl, arazzo, llms, reference/],
    [['export', 'bruno'], /writes \d+ files: name a folder with --out/],
    [['export', 'llms', '--base-url', 'here'], /'--base-url <url>' argument 'here' is invalid. Allowed: a URL such as/],
  ])('refuses %j with one line, and exits with 2', async (args, expected) => {
    const { code, err, out } = await command(...args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(expected)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  it('says why a file cannot be written, and exits with 1', async () => {
    const { code, err } = await command('export', 'llms', '--out', '/dev/null/folder')
    expect([code, err]).toEqual([1, 'koodrive-mock: /dev/null/folder/llms.txt cannot be written: ENOTDIR.\n'])
  })
})

describe('the Postman collection', () => {
  it('carries exact bodies and an answer for each operation', async () => {
    const { item } = JSON.parse((await exported('postman'))['koodrive.postman_collection.json'] ?? '')
    // All but the request that asks the mock for an authorization code are operations.
    const requests = item
      .slice(1)
      .flatMap((folder: any) => folder.item.filter(({ response }: any) => response.length > 0))
    expect(requests).toHaveLength(operations.length)
    for (const { name, request, response } of requests) {
      expect(() => JSON.parse(response[0].body), name).not.toThrow()
      if (request.body !== undefined) expect(() => JSON.parse(request.body.raw), name).not.toThrow()
    }
    expect(JSON.stringify(requests)).toContain('1575416580416769793')
  })
})

describe('the Arazzo description', () => {
  it('names only operations that its OpenAPI documents have', async () => {
    const files = await exported('arazzo')
    const { workflows, sourceDescriptions } = parse(files['koodrive.arazzo.yaml'] ?? '')
    const known = sourceDescriptions.flatMap(({ name, url }: { name: string; url: string }) => {
      const { paths } = JSON.parse(files[url.replace('./', '')] ?? '')
      return Object.values<any>(paths).flatMap((item) =>
        Object.values<any>(item).map(({ operationId }) => `$sourceDescriptions.${name}.${operationId}`),
      )
    })
    for (const { steps } of workflows) for (const { operationId } of steps) expect(known).toContain(operationId)
  })
})

describe('llms.txt', () => {
  it('has the form of llmstxt.org: a title, a summary, sections, links', () => {
    const text = readFileSync(`${root}llms.txt`, 'utf8')
    expect(text).toMatch(/^# koodrive-mock\n\n> \S/)
    expect(text.match(/^## .+$/gm)).toContain('## Files')
    expect(text.length).toBeLessThan(9000)
  })

  it('links only to files that are there', () => {
    const links = [...readFileSync(`${root}llms.txt`, 'utf8').matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link)
    expect(links.length).toBeGreaterThan(3)
    for (const link of links) expect(() => readFileSync(root + link), link).not.toThrow()
  })
})
