import { type Evidence, pages } from './evidence.ts'

/** One possible answer to an open question about the service. */
export interface ReadingAnswer {
  readonly meaning: string
  readonly evidence: Evidence
  readonly source: string
}

/** A place where the vendor's pages contradict themselves or are silent. */
export interface Reading {
  readonly question: string
  readonly default: string
  /** The answers by the value that switches them on. */
  readonly answers: Readonly<Record<string, ReadingAnswer>>
  readonly why: string
  /** Present when besides the listed answers a number of seconds in this range is an answer. */
  readonly seconds?: { readonly min: number; readonly max: number }
}

const answer = (meaning: string, evidence: Evidence, source: string): ReadingAnswer => ({ meaning, evidence, source })
const table = (meaning: string, page: keyof typeof pages, place: string) =>
  answer(meaning, 'documented', `${pages[page]}, ${place}`)
const shown = (meaning: string, page: keyof typeof pages) => answer(meaning, 'example', `${pages[page]}, example`)
const guess = (meaning: string, from: string) => answer(meaning, 'inferred', from)

/** The one table of readings. Adding a row adds a switch, a docs row and a question the contract suite asks. */
export const readings = {
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
    question: 'Which text says success?',
    default: 'per-operation',
    answers: {
      'per-operation': shown('Success, success, Successful or OK, as in the example of the operation', 'preverify'),
      success: guess('`success` everywhere', 'the text most pages use'),
    },
    why: 'The examples differ from page to page; a client must not depend on the text.',
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
      rounded: shown('rounded, with `VW5TYWZlSW50ZWdlcg==` behind them', 'listUsers'),
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
  'existing-phone': {
    question: 'Does a phone that already has a user count as skipped or as failed?',
    default: 'skipped',
    answers: {
      skipped: shown('skipped', 'queryBatch'),
      failed: table('failed: a code is "mandatory when the registration fails"', 'queryBatch', 'Table 5'),
    },
    why: 'The example has failCount 0 and skipCount 1 for a row with code 40000009.',
  },
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
  'trace-id-length': {
    question: 'Is the length of X-Traceid enforced?',
    default: 'enforced',
    answers: {
      enforced: table('anything but 58 characters is refused', 'queryBatch', 'Table 2'),
      'not-enforced': guess('any length passes', 'no page shows a refusal'),
    },
    why: 'A client that keeps to the page works under both.',
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
  'is-direct': {
    question: 'Whom does isDirect=true select?',
    default: 'department',
    answers: {
      department: guess('direct members of the department asked for', 'the Chinese text of the parameter'),
      root: table('members of the root department', 'listUsers', 'Table 1'),
    },
    why: 'The English text is a translation of the Chinese one.',
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
  'unknown-department': {
    question: 'What does a list of an unknown department answer?',
    default: 'error',
    answers: {
      error: guess('error 13000309', 'the error table has a code for it'),
      empty: guess('an empty list', 'a plain filter behaves so'),
    },
    why: 'A refusal shows the mistake.',
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
  'trailing-slash': {
    question: 'Is a path with a slash behind it the same operation?',
    default: 'accepted',
    answers: {
      accepted: guess('yes', 'the canonical request signs both spellings alike'),
      refused: guess('no, 404', 'the pages print the paths without it'),
    },
    why: 'Whoever signs `/userList/` may well send it.',
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
  'phone-identity': {
    question: 'When do two spellings name the same phone?',
    default: 'plus-is-00',
    answers: {
      'plus-is-00': guess('when they agree once a leading + is read as 00', 'phones are stored in the 00 form'),
      exact: guess('only when they are the same text', 'no rule is documented'),
    },
    why: 'The stored form of the examples begins with 00.',
  },
  'provisioned-department': {
    question: 'Which department does a provisioned user join?',
    default: 'root',
    answers: {
      root: guess('the root department', 'the request names no department'),
      caller: guess('that of X-User-Id', 'the only department in sight'),
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

export type ReadingId = keyof typeof readings
type AnswerOf<Id extends ReadingId> = (typeof readings)[Id] extends { seconds: object }
  ? `${number}`
  : Extract<keyof (typeof readings)[Id]['answers'], string>

/** A chosen answer for every reading. */
export type Readings = { readonly [Id in ReadingId]: AnswerOf<Id> }

export const readingIds = Object.keys(readings) as ReadingId[]

/** The reading with this id, typed without its literal details. */
export const readingEntry = (id: ReadingId): Reading => readings[id]

/** The default answer of every reading. */
export const defaultReadings = Object.fromEntries(
  readingIds.map((id): [string, string] => [id, readings[id].default]),
) as Record<string, string> as Readings

/** Thrown when a reading or its answer does not exist; the message lists what does. */
export class ReadingError extends Error {
  override name = 'ReadingError' as const
}

function isAnswer(entry: Reading, value: string): boolean {
  if (Object.hasOwn(entry.answers, value)) return true
  if (entry.seconds === undefined || !/^\d{1,6}$/.test(value)) return false
  return Number(value) >= entry.seconds.min && Number(value) <= entry.seconds.max
}

/** The answers of a reading in words, for messages: `number, string`. */
export function allowedAnswers(id: ReadingId): string {
  const { answers, seconds } = readingEntry(id)
  return seconds ? `a number of seconds from ${seconds.min} to ${seconds.max}` : Object.keys(answers).join(', ')
}

/**
 * Lays chosen answers over a full set of readings.
 *
 * @throws ReadingError when an id or an answer is unknown; nothing is applied then.
 * @example toReadings({ 'code-type': 'string' })['code-type'] // 'string'
 */
export function toReadings(chosen: Readonly<Record<string, unknown>>, base: Readings = defaultReadings): Readings {
  for (const [id, value] of Object.entries(chosen)) {
    if (!Object.hasOwn(readings, id)) {
      throw new ReadingError(`Unknown reading "${id}". Known readings: ${readingIds.join(', ')}.`)
    }
    const text = typeof value === 'number' ? String(value) : value
    if (typeof text !== 'string' || !isAnswer(readings[id as ReadingId], text)) {
      throw new ReadingError(
        `Reading "${id}" does not take ${JSON.stringify(value)}. Allowed: ${allowedAnswers(id as ReadingId)}.`,
      )
    }
  }
  const texts = Object.entries(chosen).map(([id, value]) => [id, String(value)])
  return { ...base, ...Object.fromEntries(texts) }
}
