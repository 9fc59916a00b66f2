import { type Bound, fileBounds, KIB, MIB } from './bound.ts'

export type { Bound } from './bound.ts'

/** Every bound, in the order of the docs. */
export const bounds = {
  headersBytes: {
    value: 16 * KIB,
    unit: 'bytes',
    what: 'Headers of a request',
    beyond: '431',
  },
  requestMs: {
    value: 300_000,
    unit: 'ms',
    what: 'From the first byte of a request to its last, over HTTP/1.1; its headers 60 s',
    beyond: '408',
  },
  keepAliveMs: {
    value: 65_000,
    unit: 'ms',
    what: 'A connection between two calls',
    beyond: 'the connection ends',
  },
  journalBodyBytes: {
    value: 256 * KIB,
    unit: 'bytes',
    what: 'Each body of an exchange in the journal',
    beyond: 'the rest is cut off, and the entry says so',
  },
  verifyMs: {
    value: 2000,
    unit: 'ms',
    what: 'A search of the journal by `requests/verify`, all in all',
    beyond: 'it is aborted with 400',
  },
  verifySliceMs: {
    value: 50,
    unit: 'ms',
    what: 'Eight exchanges of such a search; others are served in between',
    beyond: 'it is aborted with 400',
  },
  journalSearchBytes: {
    value: 64 * MIB,
    unit: 'bytes',
    what: 'Characters that one search of the journal by words looks through',
    beyond: 'older exchanges are not searched, and the answer says so',
  },
  journalSliceMs: {
    value: 20,
    unit: 'ms',
    what: 'Such a search, a list or an archive of exchanges, a report card, a log or a snapshot that is given out or validated, at a stretch',
    beyond: 'others are served, and it goes on',
  },
  journalSearchMs: {
    value: 1000,
    unit: 'ms',
    what: 'Such a search, all in all',
    beyond: 'older exchanges are not searched, and the answer says so',
  },
  journalBytes: {
    value: 48 * MIB,
    unit: 'bytes',
    what: 'Exchanges that the journals of all sandboxes keep together; one sandbox at most half of it',
    beyond: 'the oldest exchange is dropped: of all sandboxes, or of that one',
    option: '`--max-journal-bytes BYTES`, `maxJournalBytes`',
  },
  sandboxes: {
    value: 10_000,
    unit: 'count',
    what: 'Sandboxes that exist at a time',
    beyond: '409, until some are deleted or end because nobody calls them',
    option: '`--max-sandboxes NUMBER`, `maxSandboxes`; `--sandbox-ttl DURATION`, `sandboxTtl`',
  },
  logWeight: {
    value: 500_000,
    unit: 'count',
    what: 'Commands and rows of batches that the log of a sandbox keeps, in memory',
    beyond: 'the log is given up: it can be neither exported nor be part of a snapshot',
  },
  logsWeight: {
    value: 1_000_000,
    unit: 'count',
    what: 'Commands and rows of batches that all logs together keep, in memory',
    beyond: 'the largest log is given up',
  },
  storedCommands: {
    value: 1_000_000,
    unit: 'count',
    what: 'Commands of a sandbox in a store (`--store`)',
    beyond: '503 to its calls, until it is reset or deleted',
  },
  answerCacheBytes: {
    value: 16 * MIB,
    unit: 'bytes',
    what: 'Answers that are kept to be given again, with the requests that they belong to',
    beyond: 'the oldest answer is made again',
  },
  answerCacheEntryBytes: {
    value: MIB,
    unit: 'bytes',
    what: 'One answer that is kept to be given again, with its request',
    beyond: 'it is made again each time',
  },
  searchBytes: {
    value: 32 * MIB,
    unit: 'bytes',
    what: 'Searches for users by words that are kept, of all sandboxes',
    beyond: 'the one that was used longest ago is made again',
  },
  controlBodyBytes: {
    value: 4 * MIB,
    unit: 'bytes',
    what: 'A body of the control plane, counted while it is read',
    beyond: '413, and the connection ends',
  },
  controlFileBytes: {
    value: 64 * MIB,
    unit: 'bytes',
    what: 'One that holds a log, a snapshot, or a request that is diagnosed, signed or sent again',
    beyond: '413, and the connection ends',
  },
  controlCallMs: {
    value: 120_000,
    unit: 'ms',
    what: 'A call of `snapshot` and `mcp` to a control plane elsewhere, from its start to the last byte of the answer; its answer may be as large as a file',
    beyond: 'it is given up',
  },
  bodyPieces: {
    value: 100_000,
    unit: 'count',
    what: 'Pieces that a body comes in, such as chunks of HTTP/1.1',
    beyond: '413, and the connection ends',
  },
  controlBodyValues: {
    value: 30_000,
    unit: 'count',
    what: 'Lists, objects, entries and fields of a body of the control plane',
    beyond: '400',
  },
  controlFileValueBytes: {
    value: 8,
    unit: 'bytes',
    what: 'Size of a file that the control plane takes, such as a log, for each of its values: as many as fit are taken',
    beyond: '400',
  },
  bodiesInFlight: {
    value: 64 * MIB,
    unit: 'bytes',
    what: 'All bodies that are held at once, of every port of the process',
    beyond: '503 to the largest that is still coming',
  },
  callBodiesInFlight: {
    value: 24 * MIB,
    unit: 'bytes',
    what: 'Of them all that are not files of the control plane: two of the largest',
    beyond: '503 to the largest that is still coming',
  },
  eventReaders: {
    value: 64,
    unit: 'count',
    what: 'Readers of event streams at once',
    beyond: '503 until another one leaves',
  },
  eventReaderBytes: {
    value: 128 * KIB,
    unit: 'bytes',
    what: 'Events that wait for one reader',
    beyond: 'further events are dropped, and the reader is told how many',
  },
  connections: {
    value: 1000,
    unit: 'count',
    what: 'Connections that are open at once, to every port of the process',
    beyond: 'the one without a call for longest ends; the new one, when all have a call under way',
  },
  streams: {
    value: 128,
    unit: 'count',
    what: 'Calls that are under way at once on one connection of HTTP/2',
    beyond: 'further ones are refused with REFUSED_STREAM',
  },
  handshakes: {
    value: 64,
    unit: 'count',
    what: 'TLS handshakes that are under way at once',
    beyond: 'further ones wait for their turn',
  },
  handshakeTurnMs: {
    value: 1000,
    unit: 'ms',
    what: 'A TLS handshake while others wait for their turn',
    beyond: 'the connection ends',
  },
  handshakeMs: {
    value: 20_000,
    unit: 'ms',
    what: 'From a connection to its first byte, and from there to the end of a TLS handshake',
    beyond: 'the connection ends',
  },
  tlsIdleMs: {
    value: 1_260_000,
    unit: 'ms',
    what: 'A TLS connection on which nothing moves: more than the longest two latency faults; HTTP/2 without a call 65 s',
    beyond: 'the connection ends',
  },
  pingMs: {
    value: 10_000,
    unit: 'ms',
    what: 'Between two PINGs to a session of HTTP/2 without a call',
    beyond: 'a session that answered none ends, such as one that broke the protocol',
  },
  lingerMs: {
    value: 500,
    unit: 'ms',
    what: 'Rest of a body after an answer that was given early',
    beyond: 'the connection ends',
  },
  ...fileBounds,
  fallbackBytesInFlight: {
    value: 128 * MIB,
    unit: 'bytes',
    what: 'All bodies that are held at once of calls that `--fallback` passes on, requests and answers',
    beyond: 'further calls are refused with 502 until others are done',
  },
  fallbackTimeoutMs: {
    value: 30_000,
    unit: 'ms',
    what: 'Time from a call that `--fallback` passes on to the last byte of its answer',
    beyond: 'the client gets 504',
  },
  proxyAnswerBytes: {
    value: 16 * MIB,
    unit: 'bytes',
    what: 'An answer that `proxy` or `--fallback` passes on, after decompression',
    beyond: 'the call to the service is cut off and the client gets 502',
  },
  proxyBytesInFlight: {
    value: 128 * MIB,
    unit: 'bytes',
    what: 'All bodies that `proxy` holds at once, requests and answers',
    beyond: 'further calls are refused with 502 until others are done',
  },
  proxyTimeoutMs: {
    value: 30_000,
    unit: 'ms',
    what: 'Time from the call of the service to the last byte of its answer',
    beyond: 'the client gets 502',
    option: '`proxy --timeout SECONDS`',
  },
  clientAnswerBytes: {
    value: 32 * MIB,
    unit: 'bytes',
    what: 'An answer that the client (`koodrive-mock/client`) reads, after decompression',
    beyond: 'NetworkError',
  },
  proseCharacters: {
    value: 4000,
    unit: 'count',
    what: 'Characters of a message that a recording keeps',
    beyond: 'the rest is counted',
  },
  proseTotalCharacters: {
    value: 256 * KIB,
    unit: 'count',
    what: 'Characters of all messages in one body that a recording keeps',
    beyond: 'further messages are counted',
  },
  pseudonymBytes: {
    value: 32 * MIB,
    unit: 'bytes',
    what: 'Values that a recording remembers to give them the same pseudonym again',
    beyond: 'further values get a new pseudonym each time',
  },
} as const satisfies Record<string, Bound>

/** Values that a file of the control plane may have: as many as any body, and more in proportion to its length. */
export const mostFileValues = ({ length }: string): number =>
  Math.max(bounds.controlBodyValues.value, length / bounds.controlFileValueBytes.value)
