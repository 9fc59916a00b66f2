import { type Bound, bounds } from '../../shared/bounds.ts'
import { type ErrorName, errorEntry, errors } from '../../spec/errors.ts'
import { limits } from '../../spec/limits.ts'
import { readingEntry, readingIds } from '../../spec/readings.ts'
import type { ExportedFile } from '../exported-file.ts'
import { code, grouped, page, table } from './markdown.ts'
import { operationsPage } from './operations-page.ts'
import { signaturePage } from './signature-page.ts'
import { type ControlRoute, exampleCall, type ReferenceTables, typeText } from './tables.ts'

/** The reference in Markdown: a page for each table, and an index. */
export function toReference(tables: ReferenceTables): ExportedFile[] {
  const pages = [
    ...specPages(),
    signaturePage(tables),
    scenariosPage(tables),
    faultsPage(tables),
    checksPage(tables),
    flagsPage(tables),
    controlPage(tables),
  ]
  const links = pages.map(({ path, text }) => `- [${/^# (.*)$/m.exec(text)?.[1]}](${path})`)
  return [page('README', 'Reference', links.join('\n')), ...pages]
}

/** What the description of the vendor API alone says. */
export const specPages = (): ExportedFile[] => [operationsPage(), errorsPage(), readingsPage(), limitsPage()]

const limitsPage = (): ExportedFile =>
  page(
    'limits',
    'Limits',
    'Everything that is kept or read for somebody else has a limit: in bytes, in time or in number. Limits of the service itself stand with its operations and errors.',
    table(
      ['what', 'limit', 'beyond it', 'changed by'],
      [
        ['A body of the vendor API, in process too', amount(limits.bodyMaxBytes, 'bytes'), '413', ''],
        ['Nesting of its JSON', String(limits.jsonMaxDepth), '400', ''],
        ['Lists, objects, entries and fields of its JSON', String(limits.jsonMaxValues), '400', ''],
        ...Object.values(bounds as Readonly<Record<string, Bound>>).map(
          ({ what, value, unit, beyond, option = '' }) => [what, amount(value, unit), beyond, option],
        ),
      ],
    ),
  )

const KIB = 1024

/** A limit as people say it. */
function amount(value: number, unit: Bound['unit']): string {
  if (unit === 'count') return String(value)
  if (unit === 'ms') return value < 1000 ? `${value} ms` : `${value / 1000} s`
  if (value < KIB) return `${value} bytes`
  return value % (KIB * KIB) === 0 ? `${value / KIB / KIB} MiB` : `${value / KIB} KiB`
}

const errorsPage = (): ExportedFile =>
  page(
    'errors',
    'Errors',
    'Every error that the mock can answer or that a row of a batch can carry. Scenarios and diagnoses name them by the first column.',
    table(
      ['name', 'HTTP', 'code', 'message', 'when', 'evidence', 'source'],
      (Object.keys(errors) as ErrorName[]).map((name) => {
        const { status, code: number, message, when, evidence, source, statusReading } = errorEntry(name)
        const moved = statusReading === undefined ? String(status) : `${status} (reading ${code(statusReading)})`
        return [code(name), moved, code(String(number)), message['en-US'], when, evidence, source]
      }),
    ),
  )

const readingsPage = (): ExportedFile =>
  page(
    'readings',
    'Readings',
    'Where the pages of the vendor contradict themselves or are silent. The default stands first. Choose with `--reading ID=VALUE`, `--readings FILE` or `PUT /__admin/sandboxes/ID/readings`.',
    ...readingIds.map((id) => {
      const { question, answers, default: chosen, why, seconds } = readingEntry(id)
      const values = [chosen, ...Object.keys(answers).filter((value) => value !== chosen)]
      const rows = values.map((value) => {
        const { meaning = '', evidence = '', source = '' } = answers[value] ?? {}
        return [code(value), meaning, evidence, source]
      })
      const range =
        seconds === undefined ? [] : [`Any number of seconds from ${seconds.min} to ${seconds.max} is an answer.`]
      return [`## ${id}`, question, table(['answer', 'meaning', 'evidence', 'source'], rows), ...range, why].join(
        '\n\n',
      )
    }),
  )

export const scenariosPage = ({ scenarios }: Pick<ReferenceTables, 'scenarios'>): ExportedFile =>
  page(
    'scenarios',
    'Scenarios',
    'Situations that come with the mock. `--scenario NAME` starts with one, `PUT /__admin/sandboxes/ID/scenario` changes to one, `koodrive-mock scenarios NAME` prints one as a file to change.',
    table(
      ['name', 'situation', 'what it teaches'],
      scenarios.map(({ name, title, teaches = '' }) => [code(name), title, teaches]),
    ),
  )

function faultsPage({ faults, faultExamples }: ReferenceTables): ExportedFile {
  const kindOf = (name: string) => faults.every(({ properties }) => name in properties)
  const names = [...new Set(faults.flatMap(({ properties }) => Object.keys(properties)))]
  const scope = names.filter((name) => name !== 'kind' && kindOf(name))
  const fieldOf = (name: string) => faults.find(({ properties }) => name in properties)?.properties[name]
  return page(
    'faults',
    'Faults',
    'What `POST /__admin/sandboxes/ID/faults` takes, and `faults` of a scenario.',
    '## Which calls',
    'Of every kind; all of them may be left out.',
    table(
      ['field', 'type', 'meaning'],
      scope.map((name) => [code(name), typeText(fieldOf(name)), fieldOf(name)?.description ?? '']),
    ),
    ...faults.map(({ properties, required = [] }) => {
      const own = Object.entries(properties).filter(([name]) => name !== 'kind' && !scope.includes(name))
      const rows = own.map(([name, field]) => [
        code(name),
        typeText(field),
        required.includes(name) ? 'yes' : 'no',
        field.description ?? '',
      ])
      const kind = String(properties['kind']?.const)
      const body = rows.length === 0 ? 'It takes nothing more.' : table(['field', 'type', 'required', 'meaning'], rows)
      return `## ${kind}\n\n${body}\n\n${exampleCall('POST', '/sandboxes/{id}/faults', faultExamples[kind])}`
    }),
  )
}

const checksPage = ({ checks }: ReferenceTables): ExportedFile =>
  page(
    'checks',
    'Checks',
    `The ${checks.length} checks of \`koodrive-mock contract\`. A check that writes needs \`--allow-writes\`.`,
    ...grouped(checks, ({ operation }) => operation).map(
      ([operation, rows]) =>
        `## ${operation}\n\n${table(
          ['id', 'the target', 'why', 'evidence', 'source', 'safety'],
          rows.map(({ id, title, why, evidence, source, safety }) => [code(id), title, why, evidence, source, safety]),
        )}`,
    ),
  )

const flagsPage = ({ commands }: ReferenceTables): ExportedFile =>
  page(
    'flags',
    'Commands and flags',
    'A flag beats the environment, the environment beats the default. Exit codes: 0 done, 1 failure, 2 wrong use, 3 port in use or target not reachable, 4 stopped by a safety guard.',
    ...commands.map(({ usage, description, options }) => {
      const rows = options.map(({ flags, description: text, environment, default: value }) => [
        code(flags),
        text,
        value === undefined ? '' : code(value),
        environment === undefined ? '' : code(environment),
      ])
      const body = rows.length === 0 ? [] : [table(['flag', 'meaning', 'default', 'environment'], rows)]
      return [`## koodrive-mock ${usage}`, description, ...body].join('\n\n')
    }),
  )

function controlPage({ control: { tags, paths } }: ReferenceTables): ExportedFile {
  const routes = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, route]) => ({ method: method.toUpperCase(), path, ...route })),
  )
  return page(
    'control-plane',
    'Control plane',
    'Routes below `/__admin`. `GET /__admin/control.openapi.json` describes every field; refusals are `application/problem+json`, their `detail` in Chinese with `Accept-Language: zh-CN`.',
    ...tags.map(({ name, description = '' }) => {
      const rows = routes
        .filter((route) => route.tags.includes(name))
        .map(({ method, path, summary, responses }) => {
          const [status = '', success] = Object.entries(responses).find(([one]) => one.startsWith('2')) ?? []
          return [
            code(`${method} ${path}`),
            summary,
            `${status}: ${success?.description.replace(/^Answers /, '') ?? ''}`,
          ]
        })
      const bodies = routes.filter((route) => route.tags.includes(name)).flatMap(bodyTable)
      return [`## ${name}`, description, table(['route', 'does', 'answers'], rows), ...bodies].join('\n\n')
    }),
  )
}

/** The fields that the body of a route takes, and a call that works as it stands. */
function bodyTable({ method, path, requestBody }: ControlRoute & { method: string; path: string }): string[] {
  const { schema = {}, example } = requestBody?.content['application/json'] ?? {}
  const { properties = {}, required = [] } = schema
  const rows = Object.entries(properties).map(([name, field]) => [
    code(name),
    typeText(field),
    required.includes(name) ? 'yes' : 'no',
    field.description ?? '',
  ])
  const fields = rows.length === 0 ? [] : [table(['field', 'type', 'required', 'meaning'], rows)]
  if (fields.length === 0 && example === undefined) return []
  const call = example === undefined ? [] : [exampleCall(method, path, example)]
  return [`${code(`${method} ${path}`)} takes${fields.length === 0 ? ', for example' : ''}:`, ...fields, ...call]
}
