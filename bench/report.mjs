import { CONSTANT, MOCK } from './contestants.mjs'
import { generator } from './load.mjs'
import { titleOf } from './rounds.mjs'
import { median, show } from './statistics.mjs'

/** Ratios that the mock is held to, by processor time for an answer: workload, against whom, at least. */
const aims = [
  ['a', 'Prism', 4],
  ['b', 'Prism', 1.1],
  ['c', 'Prism', 3],
  ['d', 'Prism', 4],
]

/** The side-by-side results as Markdown. */
export function sideBySide({ servers, runs, starts, bareStartMs, installed, options }) {
  return [
    '## Side by side',
    intro(options),
    ...options.workloads.map((key) => workloadTable(key, servers, runs)),
    aimTable(runs),
    costTable({ servers, runs, starts, bareStartMs, installed }),
  ].join('\n\n')
}

const intro = ({ rounds, secs, warm, conns }) =>
  `Node ${process.version}, ${process.platform}-${process.arch}. Servers on one core, ${generator} on another; ${conns} connections, ${secs} s after ${warm} s of warm-up; the median of ${rounds} rounds in rotating order, every server started anew for each. The rate suffers from whatever else the machine does; processor time per answer hardly does. Read the ratios: the figures themselves belong to one machine on one day.`

const rates = (runs, name, key) => (runs.get(name)?.workloads[key] ?? []).map(({ perSecond }) => perSecond)
const cpu = (runs, name, key) => median((runs.get(name)?.workloads[key] ?? []).map(({ cpuUs }) => cpuUs))
const rate = (runs, name, key) => median(rates(runs, name, key))

function workloadTable(key, servers, runs) {
  const mock = rate(runs, MOCK, key)
  const rows = servers
    .filter(({ name }) => runs.get(name)?.workloads[key] !== undefined)
    .map((server) => ({
      ...server,
      own: runs.get(server.name).workloads[key],
      perSecond: rate(runs, server.name, key),
    }))
    .sort((one, other) => other.perSecond - one.perSecond)
    .map(({ name, version, own, perSecond }) => {
      const all = rates(runs, name, key)
      const spread = `${show(Math.min(...all))}–${show(Math.max(...all))}`
      const p99 = median(own.map(({ p99Ms }) => p99Ms))
      const errors = own.reduce((sum, run) => sum + run.errors, 0)
      const shown = name === MOCK ? `**${name}**` : name
      return `| ${shown} ${version} | ${show(perSecond)} | ${spread} | ${show(mock / perSecond, 2)} | ${show(cpu(runs, name, key))} | ${show(cpu(runs, name, key) / cpu(runs, MOCK, key), 2)} | ${show(p99, 1)} | ${show(own[0].bytes)} | ${errors} |`
    })
  return [
    `### ${titleOf(key)}`,
    '',
    '| server | answers/s | lowest–highest | mock ÷ it | CPU µs per answer | its CPU ÷ mock | p99 ms | bytes | errors |',
    '|---|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n')
}

function aimTable(runs) {
  const rows = aims
    .map(([key, name, aim]) => ({
      key,
      name,
      aim,
      ratio: rate(runs, MOCK, key) / rate(runs, name, key),
      work: cpu(runs, name, key) / cpu(runs, MOCK, key),
    }))
    .filter(({ ratio }) => Number.isFinite(ratio))
    .map(
      ({ key, name, aim, ratio, work }) =>
        `| (${key}) | ${name} | ${show(aim, 1)} | ${show(ratio, 2)} | ${show(work, 2)} | ${work >= aim ? 'yes' : 'no'} |`,
    )
  return [
    '### Aims',
    '',
    '| workload | against | at least | by answers/s | by CPU time | met |',
    '|---|---|---:|---:|---:|---|',
    ...rows,
  ].join('\n')
}

function costTable({ servers, runs, starts, bareStartMs, installed }) {
  const rows = servers.map(({ name, version, does }) => {
    const { mb, packages } = installed.get(name)
    const memory = median(runs.get(name)?.memoryMb ?? [])
    return `| ${name} ${version} | ${show(median(starts.get(name) ?? []))} | ${show(memory)} | ${show(mb, 1)} | ${packages} | ${does} |`
  })
  const startOf = (name) => median(starts.get(name) ?? [])
  const times = (ms) => show(startOf(MOCK) / ms, 2)
  return [
    '### Start, memory, installation',
    '',
    `Start to the first answer; \`node -e ''\` takes ${show(bareStartMs)} ms in the same run: ${MOCK} takes ${times(bareStartMs)} times that, and ${times(startOf(CONSTANT))} times a bare \`node:http\` server. On Node 24 no HTTP server answers within twice \`node -e ''\`: [decision 16](decisions/0016-one-bundle-of-es-modules.md). Memory after (a) and (d). Of the floor only ajv is installed.`,
    '',
    '| server | start ms | memory MB | installed MB | packages | what it does |',
    '|---|---:|---:|---:|---:|---|',
    ...rows,
  ].join('\n')
}
