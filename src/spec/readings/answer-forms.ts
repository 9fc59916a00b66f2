import { guess, type Reading, shown, table } from './reading.ts'

/** How answers are written. */
export const answerForms = {
  'code-type': {
    question: 'Is `code` of an envelope a number or a string?',
    default: 'number',
    answers: {
      number: shown('`"code": 0`', 'queryBatch'),
      string: table('`"code": "0"`', 'queryBatch', 'Table 3'),
    },
    why: 'Every example, that of the error body included, prints a number.',
  },
  'success-message': {
    question: 'Which message says success?',
    default: 'per-operation',
    answers: {
      'per-operation': shown('Success, success, Successful or OK, as in the example of the operation', 'preverify'),
      success: guess('`success` everywhere', 'the message most pages use'),
    },
    why: 'The examples differ from page to page; a client must not depend on the message.',
  },
  'user-list-key': {
    question: 'Under which key does listUsers return the users?',
    default: 'list',
    answers: {
      list: shown('`list`', 'listUsers'),
      data: table('`data`', 'listUsers', 'Table 3'),
    },
    why: 'The example and the later version of the page agree on `list`.',
  },
  'user-list-total': {
    question: 'Does listUsers return `total`?',
    default: 'present',
    answers: {
      present: shown('`total` is there', 'listUsers'),
      absent: table('the table has no `total`', 'listUsers', 'Table 3'),
    },
    why: 'The example and the later version of the page have it.',
  },
  'space-total-type': {
    question: 'Is `total` of listUserSpaces a number or a string?',
    default: 'number',
    answers: {
      number: shown('`"total": 1`', 'listSpaces'),
      string: table('`"total": "1"`', 'listSpaces', 'Table 3'),
    },
    why: 'The example is closer to the wire than the table.',
  },
  'space-dept-id-type': {
    question: 'Is `deptId` of a user space a string or a number?',
    default: 'string',
    answers: {
      string: table('a string', 'listSpaces', 'Table 4'),
      number: shown('a number, which loses its last digits in JavaScript', 'listSpaces'),
    },
    why: 'The number of the example is visibly rounded, so it was not copied from the wire.',
  },
  'unsafe-ids': {
    question: 'How are ids beyond 2^53 written in listUsers?',
    default: 'exact',
    answers: {
      exact: guess('as exact decimal strings', 'GetUser prints the exact id of the same user'),
      rounded: shown('rounded, with `VW5TYWZlSW50ZWdlcg==` after them', 'listUsers'),
    },
    why: 'The suffix is Base64 of "UnSafeInteger": an artefact of the documentation tool.',
  },
  'query-inner-envelope': {
    question: 'Does `data` of queryBatchProvisioning repeat `code` and `msg`?',
    default: 'absent',
    answers: {
      absent: table('no', 'queryBatch', 'Table 4'),
      present: shown('yes', 'queryBatch'),
    },
    why: 'The table lists the fields of `data` one by one and these are not among them.',
  },
  'subtask-id': {
    question: 'What is `id` of a row of `registerList`?',
    default: 'unique',
    answers: {
      unique: table('an id of its own for each row', 'queryBatch', 'Table 5'),
      'task-id': shown('the id of the task', 'queryBatch'),
    },
    why: 'The table calls it the subtask ID.',
  },
  'next-cursor-name': {
    question: 'What is the cursor of the next page called?',
    default: 'nextPageCursor',
    answers: {
      nextPageCursor: table('`nextPageCursor`', 'queryBatch', 'Table 4'),
      nextCursor: table('`nextCursor`', 'queryBatch', 'Table 1, text of `cursor`'),
    },
    why: 'Table 4 defines the field; the text of the parameter seems taken from another operation.',
  },
  'last-page-cursor': {
    question: 'What does the last page carry as its cursor?',
    default: 'absent',
    answers: {
      absent: guess('no cursor', 'the task list of the same service leaves it out on its last page'),
      empty: guess('an empty string', 'a common alternative'),
    },
    why: 'The sibling operation is the nearest evidence.',
  },
  'preverify-success-value': {
    question: 'Which value of `isSuccess` means that a row passed?',
    default: '0',
    answers: {
      '0': shown('0 passed, 1 failed', 'preverify'),
      '1': guess('1 passed, 0 failed', 'the name of the field'),
    },
    why: 'The example shows 0 beside `code` 0 and `Successful`.',
  },
  'empty-result': {
    question: 'How is an empty list answered?',
    default: 'array',
    answers: {
      array: guess('as an empty array', 'the tables list the field without a condition'),
      absent: guess('the key is left out', 'serialisers of the same platform drop empty fields'),
    },
    why: 'An array is what the tables promise.',
  },
  'trace-id-echo': {
    question: 'Does the answer repeat X-Traceid?',
    default: 'echoed',
    answers: {
      echoed: guess('yes', 'the purpose of a trace id'),
      'not-echoed': guess('no', 'no page lists response headers'),
    },
    why: 'It helps to find an exchange and no client can depend on its absence.',
  },
} as const satisfies Record<string, Reading>
