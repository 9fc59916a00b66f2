import { z } from 'zod'
import { once } from '../../spec/once.ts'
import { xDateTimes } from '../../world/clock.ts'
import { LAST_INSTANT } from '../../world/instant.ts'
import { commandList, sandboxConfig } from '../sandboxes/log-file.ts'
import { instant } from '../sandboxes/sandbox-options.ts'
import { SNAPSHOT_FORMAT, SNAPSHOT_VERSION } from './snapshot-format.ts'

const AHEAD_MAX_MS = LAST_INSTANT

/**
 * How a clock goes on. One that stands still stands where it stood; one that runs with the real time stays as far ahead
 * of it as it was, whenever it is restored; a faster or slower one goes on from where it was.
 */
const clock = () =>
  z.union([
    z.strictObject({ frozen: z.boolean(), now: instant(), rate: z.number().gt(0).max(1_000_000), ...xDate() }),
    z.strictObject({ frozen: z.literal(false), aheadMs: z.int().min(-AHEAD_MAX_MS).max(AHEAD_MAX_MS), ...xDate() }),
  ])
const xDate = () => ({ xDate: z.enum(xDateTimes) })

/** One sandbox of a snapshot. */
export const snapshotPart = once(() =>
  z.strictObject({
    config: sandboxConfig(),
    clock: clock().describe('How the clock goes on.'),
    requests: z.int().min(0).describe('Requests numbered so far.'),
    commands: commandList(),
  }),
)

/** Sandboxes as a file: configuration, credentials and commands of each, and how its clock goes on. */
export const snapshotFile = once(() =>
  z.strictObject({
    format: z.literal(SNAPSHOT_FORMAT),
    version: z.literal(SNAPSHOT_VERSION),
    mock: z.string().describe('Version of the mock that wrote it.'),
    sandboxes: z.array(snapshotPart()).describe('Oldest first.'),
  }),
)
