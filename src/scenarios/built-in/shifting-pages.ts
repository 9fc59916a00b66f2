import type { Scenario } from '../scenario.ts'

export const shiftingPages: Scenario = {
  name: 'shifting-pages',
  title: 'Users arrive while you page',
  teaches:
    'Behind every page that you read somebody joins at the front of the list, so all others move on by one. The last user of a page comes again on the next one, and total grows. Recognise users by userId, and read until a page is short instead of until you have counted up to the first total.',
  directory: { arrivals: { everyPages: 1, count: 10_000, position: 'first' } },
}
