/** A bound of this program: what is kept or read for somebody else ends there. `docs/reference/limits.md` is made of these. */
export interface Bound {
  readonly value: number
  readonly unit: 'bytes' | 'ms' | 'count'
  readonly what: string
  /** What happens beyond it. */
  readonly beyond: string
  /** The option that moves it. */
  readonly option?: string
}

export const KIB = 1024
export const MIB = 1024 * KIB

/** Bounds of files, and of scenarios and own routes as the control plane takes them. */
export const fileBounds = {
  textFileBytes: {
    value: 4 * MIB,
    unit: 'bytes',
    what: 'A file that the command line reads: scenario, routes, readings, credentials, certificate, key',
    beyond: 'the rest is not read, and the file is refused',
  },
  dataFileBytes: {
    value: 256 * MIB,
    unit: 'bytes',
    what: 'One with a log, a snapshot, a recording, a report or a body to be signed',
    beyond: 'the rest is not read, and the file is refused',
  },
  yamlCharacters: {
    value: 256 * KIB,
    unit: 'count',
    what: 'Characters of a scenario that the control plane takes as YAML; sent as JSON, it has the limit of bodies',
    beyond: '400',
  },
  yamlSigns: {
    value: 5000,
    unit: 'count',
    what: 'Line ends, dashes, colons, commas, brackets and the like of a scenario that the control plane takes as YAML',
    beyond: '400',
  },
  yamlFileSigns: {
    value: 300_000,
    unit: 'count',
    what: 'The same of a file with a scenario or with routes',
    beyond: 'the file is refused',
  },
  yamlAliases: {
    value: 1000,
    unit: 'count',
    what: 'Anchors and aliases of YAML',
    beyond: '400, or the file is refused',
  },
  routeAnswerCharacters: {
    value: MIB,
    unit: 'count',
    what: 'Characters of an answer of an own route, its placeholders filled',
    beyond: '500, and the diagnosis says so',
  },
  routeSearchCharacters: {
    value: 16 * MIB,
    unit: 'count',
    what: 'Characters of a request that the `contains` of all own routes look through, times 16 characters of what they look for',
    beyond: '500, and the diagnosis says so',
  },
  routeFileCharacters: {
    value: MIB,
    unit: 'count',
    what: 'Characters of a file with routes; it takes 1,000 routes, each with at most 1,000 answers',
    beyond: 'the file is refused',
  },
} as const satisfies Record<string, Bound>
