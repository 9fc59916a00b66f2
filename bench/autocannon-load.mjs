// Loads a server from a process of its own, so that it can be kept on its own core: `node autocannon-load.mjs FILE`.
import { readFileSync } from 'node:fs'
import autocannon from 'autocannon'

const result = await autocannon(JSON.parse(readFileSync(process.argv[2], 'utf8')))
const { latency, duration, errors, non2xx } = result
const answers = result['2xx'] + non2xx
const perSecond = result['2xx'] / duration
console.log(JSON.stringify({ answers, perSecond, p50Ms: latency.p50, p99Ms: latency.p99, errors: errors + non2xx }))
