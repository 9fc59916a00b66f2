import type { Scenario } from '../scenario.ts'

export const happyPath: Scenario = {
  name: 'happy-path',
  title: 'Everything works',
  teaches:
    'The plain life of a client: provision, poll until the task is done, read the outcomes, find the users. Tasks take time even here, so a client that does not poll sees an unfinished task.',
}
