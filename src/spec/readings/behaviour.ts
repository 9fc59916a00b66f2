import { guess, type Reading, shown, table } from './reading.ts'

/** What is done with a request. */
export const behaviour = {
  'existing-phone': {
    question: 'Does a phone that already has a user count as skipped or as failed?',
    default: 'skipped',
    answers: {
      skipped: shown('skipped', 'queryBatch'),
      failed: table('failed: a code is "mandatory when the registration fails"', 'queryBatch', 'Table 5'),
    },
    why: 'The example has failCount 0 and skipCount 1 for a row with code 40000009.',
  },
  'not-found-status': {
    question: 'Which HTTP status says that a task or department is unknown?',
    default: '400',
    answers: {
      '400': table('400', 'errorCodes', 'every row'),
      '404': guess('404', 'usual elsewhere'),
      '200': guess('200 with the code in the body', 'common in services with an envelope'),
    },
    why: 'Every row of the error table has HTTP 400.',
  },
  'parameter-error-status': {
    question: 'Which HTTP status refuses a bad parameter?',
    default: '400',
    answers: {
      '400': table('400', 'errorCodes', 'every row'),
      '200': guess('200 with the code in the body', 'common in services with an envelope'),
    },
    why: 'Every row of the error table has HTTP 400.',
  },
  'trace-id-length': {
    question: 'Is the length of X-Traceid enforced?',
    default: 'enforced',
    answers: {
      enforced: table('anything but 58 characters is refused', 'queryBatch', 'Table 2'),
      'not-enforced': guess('any length passes', 'no page shows a refusal'),
    },
    why: 'A client that keeps to the page works under both.',
  },
  'is-direct': {
    question: 'Whom does isDirect=true select?',
    default: 'department',
    answers: {
      department: guess('direct members of the department asked for', 'the Chinese text of the parameter'),
      root: table('members of the root department', 'listUsers', 'Table 1'),
    },
    why: 'The English text is a translation of the Chinese one.',
  },
  'unknown-department': {
    question: 'What does a list of an unknown department answer?',
    default: 'error',
    answers: {
      error: guess('error 13000309', 'the error table has a code for it'),
      empty: guess('an empty list', 'a plain filter behaves so'),
    },
    why: 'A refusal shows the mistake.',
  },
  'trailing-slash': {
    question: 'Is a path with a slash at its end the same operation?',
    default: 'accepted',
    answers: {
      accepted: guess('yes', 'the canonical request signs both spellings alike'),
      refused: guess('no, 404', 'the pages print the paths without it'),
    },
    why: 'A client that signs `/userList/` may well send it.',
  },
  'phone-identity': {
    question: 'When do two spellings name the same phone?',
    default: 'plus-is-00',
    answers: {
      'plus-is-00': guess('when they agree once a leading + is read as 00', 'phones are stored in the 00 form'),
      exact: guess('only when they are the same string', 'no rule is documented'),
    },
    why: 'The stored form of the examples begins with 00.',
  },
  'phone-form': {
    question: 'Which strings are phones?',
    default: 'digits',
    answers: {
      digits: guess(
        '5 to 20 digits, with or without a leading +',
        'the forms of the examples; the row fails otherwise',
      ),
      any: guess('any string that is not empty', 'no rule is documented'),
    },
    why: 'A row without a usable phone shows the client a failed row, which a real batch will have.',
  },
  'provisioned-department': {
    question: 'Which department does a provisioned user join?',
    default: 'root',
    answers: {
      root: guess('the root department', 'the request names no department'),
      caller: guess('that of X-User-Id', 'the only department that the request names'),
    },
    why: 'An account without a department belongs to the organisation as a whole.',
  },
  'unknown-fields': {
    question: 'What happens to a field of a body that no table lists?',
    default: 'ignored',
    answers: {
      ignored: guess('it is ignored', 'usual for services of this kind'),
      refused: guess('the request is refused', 'the tables are complete'),
    },
    why: 'Ignoring keeps clients of later versions working; refusing finds misspelt names.',
  },
  'null-optional': {
    question: 'May an optional field of a body be null?',
    default: 'refused',
    answers: {
      refused: table('no, its type is String', 'createBatch', 'Table 3'),
      absent: guess('yes, it counts as absent', 'usual for services of this kind'),
    },
    why: 'The tables name one type; a client that leaves the field out works under both.',
  },
  'content-type': {
    question: 'Must a body be declared as JSON?',
    default: 'not-checked',
    answers: {
      'not-checked': table('no header is asked for', 'createBatch', 'Table 1'),
      'json-required': guess('yes, otherwise 415', 'usual elsewhere'),
    },
    why: 'The header tables do not list Content-Type.',
  },
} as const satisfies Record<string, Reading>
