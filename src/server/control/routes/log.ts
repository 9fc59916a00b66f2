import { z } from 'zod'
import { answerInTurns } from '../../answer-in-turns.ts'
import { sandboxNamed } from '../../problem.ts'
import { importLog, type LogFile, logText, readLog } from '../../sandboxes/log.ts'
import { toCredentialsView } from '../../sandboxes/views.ts'
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
    handle: ({ deps, params }) =>
      answerInTurns(logText(deps, sandboxNamed(deps.world, params['id'])), deps.time.elapsed),
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
    handle: ({ deps, params, body }) => {
      const { id } = sandboxNamed(deps.world, params['id'])
      const log = body as unknown as LogFile
      return { ...toCredentialsView(importLog(deps, id, log)), commands: log.commands.length }
    },
  }),
]
