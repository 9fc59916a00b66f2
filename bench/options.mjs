import { parseArgs } from 'node:util'

const USAGE = `usage: npm run bench -- [options]

  --rounds N      rounds of every workload, in rotating order (default 3)
  --secs N        seconds of load per workload and round (default 5)
  --warm N        seconds of warm-up before each (default 3)
  --conns N       connections (default 32)
  --starts N      starts of every server (default 5)
  --only REGEX    only the servers whose name matches
  --workloads L   of a,b,c,d (default all)
  --growth        the growth curves as well
  --growth-only   nothing but the growth curves
  --soak SECONDS  nothing but a soak: all workloads mixed for so long; ends with 1 when requests are refused, or
                  memory, latency, journal, sockets or listeners grow (60 is enough to tell)
  --store LIST    nothing but what stores cost: of memory,folder,postgres or a postgres://… of yours, in one run
                  (2 s of load after 1 s, unless --secs and --warm say otherwise)
  --cpus S,L      core of the servers and core of the load (default 0,1)
  --dry           print the results, write no file`

const numbers = { rounds: '3', secs: '5', warm: '3', conns: '32', starts: '5' }

/** The choices of a run. Ends the process with a line that names the flag when one cannot be read. */
export function readOptions(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        ...Object.fromEntries(
          Object.entries(numbers).map(([name, value]) => [name, { type: 'string', default: value }]),
        ),
        only: { type: 'string', default: '.' },
        workloads: { type: 'string', default: 'a,b,c,d' },
        growth: { type: 'boolean', default: false },
        'growth-only': { type: 'boolean', default: false },
        soak: { type: 'string' },
        store: { type: 'string' },
        cpus: { type: 'string', default: '0,1' },
        dry: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) end(USAGE, 0)
    const stores = values.store?.split(',')
    const isGiven = (name) => args.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`))
    if (stores !== undefined && !isGiven('secs')) values.secs = '2'
    if (stores !== undefined && !isGiven('warm')) values.warm = '1'
    const [serverCpu = '0', loadCpu = '1'] = values.cpus.split(',')
    return {
      ...Object.fromEntries(Object.keys(numbers).map((name) => [name, positive(name, values[name])])),
      only: new RegExp(values.only, 'i'),
      workloads: values.workloads.split(','),
      growth: values.growth || values['growth-only'],
      sideBySide: !values['growth-only'] && values.soak === undefined && stores === undefined,
      stores,
      soakSeconds: values.soak === undefined ? undefined : positive('soak', values.soak),
      serverCpu,
      loadCpu,
      dry: values.dry,
    }
  } catch (error) {
    return end(`${error.message}\n\n${USAGE}`, 2)
  }
}

function positive(name, text) {
  const value = Number(text)
  if (!(value >= 0)) throw new Error(`--${name} "${text}" is no number. Allowed: 0 and above.`)
  return value
}

function end(text, code) {
  console.log(text)
  return process.exit(code)
}
