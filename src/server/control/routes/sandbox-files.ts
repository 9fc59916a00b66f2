import { z } from 'zod'
import type { Sandbox } from '../../../world/sandbox.ts'
import { answerInTurns } from '../../answer-in-turns.ts'
import type { Deps } from '../../deps.ts'
import { badRequest } from '../../problem.ts'
import { sandboxFilter } from '../../sandboxes/identity-input.ts'
import { importLog, type LogFile, logText, readLog } from '../../sandboxes/log.ts'
import { toCredentialsView } from '../../sandboxes/views.ts'
import {
  chosenOf,
  chosenSandboxes,
  readSnapshot,
  restoreInPlace,
  restoreSnapshot,
  snapshotText,
} from '../../snapshots/snapshot.ts'
import { snapshotFile } from '../../snapshots/snapshot-file.ts'
import { SNAPSHOT_FORMAT, type Snapshot } from '../../snapshots/snapshot-format.ts'
import { defineControl } from '../control-route.ts'
import { credentialsView, exportedLog } from '../shapes/sandboxes.ts'

export const logRoutes = [
  defineControl({
    id: 'export-log',
    method: 'GET',
    path: '/sandboxes/:id/log',
    summary:
      'Seed, configuration, own credentials and commands of a sandbox as one file that can be replayed elsewhere.',
    answers: 'the log; 409 when there were more commands than are kept',
    response: exportedLog,
    handle: ({ sandbox, deps }) => answerInTurns(logText(deps, sandbox), deps.time.elapsed),
  }),
  defineControl({
    id: 'replay-log',
    method: 'PUT',
    path: '/sandboxes/:id/log',
    summary:
      'Replays a log in the place of a sandbox, to the same bytes. Its clock then stands still at the last command. It takes over the credentials of the log unless another sandbox here has them.',
    takesFile: true,
    body: z.looseObject({}),
    read: readLog,
    answers: 'the credentials of the sandbox, and how many `commands` were replayed',
    response: credentialsView.extend({ commands: z.int() }).meta({ id: 'Replayed' }),
    handle: ({ sandbox, deps, body }) => {
      const { id } = sandbox
      const log = body as unknown as LogFile
      return { ...toCredentialsView(importLog(deps, id, log)), commands: log.commands.length }
    },
  }),
]

const exported = snapshotFile().meta({ id: 'Snapshot', description: `A file of the format ${SNAPSHOT_FORMAT}.` })
const restored = z
  .object({ restored: z.array(z.string()).describe('Ids of the sandboxes, oldest first.') })
  .meta({ id: 'Restored' })

/** With line ends, so that a file of it can be read and compared. */
const answered = (deps: Deps, sandboxes: readonly Sandbox[]): Response =>
  answerInTurns(snapshotText(deps, sandboxes), deps.time.elapsed)

export const snapshotRoutes = [
  defineControl({
    id: 'take-snapshot',
    method: 'GET',
    path: '/snapshot',
    summary:
      'All sandboxes, or those with a label, a name or a string in them, as one file that can be restored: configuration, credentials, commands and clocks, without journals.',
    query: sandboxFilter(),
    answers: 'the snapshot; 409 when a log had more commands than are kept',
    response: exported,
    handle: ({ deps, query }) => answered(deps, chosenSandboxes(deps.world, query)),
  }),
  defineControl({
    id: 'restore-snapshot',
    method: 'PUT',
    path: '/snapshot',
    summary:
      'Restores the sandboxes of a snapshot, or those of them that pass the filter, each in the place of the one with its id; other sandboxes stay. All of them or, when anything is wrong, none.',
    query: sandboxFilter(),
    takesFile: true,
    body: z.looseObject({}),
    read: readSnapshot,
    answers: '`{restored: [id]}`; 409 when another sandbox has a name or credentials of the snapshot',
    response: restored,
    handle: ({ deps, query, body }) => {
      const snapshot = body as unknown as Snapshot
      const chosen = chosenOf(snapshot, query)
      if (chosen.sandboxes.length === 0 && snapshot.sandboxes.length > 0) {
        throw badRequest('No sandbox of the snapshot passes the filter. Nothing was restored.', { place: 'query' })
      }
      return { restored: restoreSnapshot(deps, chosen).map(({ id }) => id) }
    },
  }),
  defineControl({
    id: 'take-snapshot-of-sandbox',
    method: 'GET',
    path: '/sandboxes/:id/snapshot',
    summary: 'One sandbox as a snapshot.',
    answers: 'the snapshot; 409 when the log had more commands than are kept',
    response: exported,
    handle: ({ sandbox, deps }) => answered(deps, [sandbox]),
  }),
  defineControl({
    id: 'restore-sandbox',
    method: 'PUT',
    path: '/sandboxes/:id/snapshot',
    summary: 'Restores the one sandbox of a snapshot in the place of this one.',
    takesFile: true,
    body: z.looseObject({}),
    read: readSnapshot,
    answers: '`{restored: [id]}`; 409 when another sandbox has its name or credentials',
    response: restored,
    handle: ({ sandbox, deps, body }) => {
      const { id } = sandbox
      return { restored: [restoreInPlace(deps, id, body as unknown as Snapshot).id] }
    },
  }),
]
