import { guess, type Reading, table } from './reading.ts'

/** Who gets in, and how the others are refused. */
export const access = {
  'auth-failure-status': {
    question: 'Which HTTP status refuses a bad token or signature?',
    default: '401',
    answers: {
      '401': table('401 Unauthorized', 'statusCodes', '401'),
      '400': table('400, described as a failed authentication', 'statusCodes', '400'),
      '403': guess('403', 'usual elsewhere'),
    },
    why: 'The status page lists 401 for this purpose, and the gateway of the same vendor answers it.',
  },
  'auth-failure-body': {
    question: 'Which body refuses a bad token or signature?',
    default: 'code-msg',
    answers: {
      'code-msg': table('`{code, msg}`', 'returnedValues', 'error body'),
      gateway: guess('`{error_code, error_msg, request_id}`', "seen in public reports about the vendor's gateway"),
    },
    why: 'One error body is documented for the whole service.',
  },
  'bearer-form': {
    question: 'Which spellings of the bearer token are accepted?',
    default: 'any',
    answers: {
      any: guess('`Bearer+T`, `Bearer T` and the bare `T`', 'the pages use the first two; sign-in hands out the third'),
      plus: table('`Bearer+T` only', 'listUsers', 'Table 2'),
      blank: table('`Bearer T` only', 'listSpaces', 'Table 2'),
    },
    why: 'The pages contradict each other, so a client that follows either must work.',
  },
  'space-list-token': {
    question: 'Which tokens does listUserSpaces accept?',
    default: 'any',
    answers: {
      any: guess('application and user tokens', 'the page describes what a user of each role sees'),
      application: table('application tokens only', 'listSpaces', 'Table 2'),
    },
    why: 'The page speaks of the role of the current user, which an application token does not have.',
  },
  'future-date-tolerance': {
    question: 'By how many seconds may X-Date be later than the clock of the service?',
    default: '0',
    answers: {
      '0': table('not at all', 'signing', 'koodrive_05_0032'),
    },
    why: 'The page says: not later than the current time.',
    seconds: { min: 0, max: 900 },
  },
  'provisioning-role': {
    question: 'Who may create and query batches as X-User-Id?',
    default: 'any',
    answers: {
      any: table('any user of the organisation', 'createBatch', 'Table 1'),
      administrator: guess('administrators only', 'provisioning is an administrator’s task'),
    },
    why: 'The page asks for a user ID on KooDrive and nothing more.',
  },
} as const satisfies Record<string, Reading>
