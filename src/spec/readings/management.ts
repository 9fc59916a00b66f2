import { guess, type Reading, shown, table } from './reading.ts'

/** Sessions, departments, users, spaces and tasks: how answers are written and what is done with a request. */
export const management = {
  'token-prefix': {
    question: 'Does the value of `accessToken` carry the word Bearer?',
    default: 'blank',
    answers: {
      blank: shown('yes: `Bearer T`', 'createSession'),
      plus: shown('yes: `Bearer+T`', 'refreshSession'),
      bare: guess('no, only `T`', 'usual elsewhere'),
    },
    why: 'The cookie of the sign-in page goes into Authorization as it is, so it must carry the word.',
  },
  'refreshed-token': {
    question: 'What does refreshSession do with the old token?',
    default: 'new',
    answers: {
      new: guess(
        'there is a new token, and the old one ends at once',
        'the example answers another token than it was asked with',
      ),
      kept: guess('there is a new token, and the old one lives to its end', 'usual where several calls are under way'),
      same: guess('the old token is answered again', 'every call extends its life already'),
    },
    why: 'A client that goes on with the new token works under each answer.',
  },
  'disabled-user': {
    question: 'Does a token of a user who is disabled still work?',
    default: 'refused',
    answers: {
      refused: guess('no, from that moment on', 'disabling somebody is meant to keep them out'),
      'until-expiry': guess('yes, to its end', 'the page only says that signing in is impossible'),
    },
    why: 'A client that handles a refusal at any time works under both.',
  },
  'department-list-start': {
    question: 'What does listDepartments answer without departmentId?',
    default: 'root',
    answers: {
      root: table('the root department alone', 'listDepartments', 'query parameters (zh)'),
      children: table('the departments below the root', 'listDepartments', 'query parameters (en)'),
    },
    why: 'The Chinese text is newer, and the English one is a translation. No other call gives the id of the root.',
  },
  'root-parent': {
    question: 'What is parentId of the root department?',
    default: 'zero',
    answers: {
      zero: guess('`"0"`', 'the tables list the field without a condition'),
      empty: guess('an empty string', 'a common alternative'),
      absent: guess('the key is left out', 'serialisers of the same platform drop empty fields'),
    },
    why: 'No page shows the root department.',
  },
  'department-name': {
    question: 'Which names may a department have?',
    default: 'guide',
    answers: {
      guide: table('20 characters at most, and unlike those beside it', 'memberGuide', 'departments'),
      any: guess('any of 255 characters at most', 'no API page states a rule'),
    },
    why: 'The rule of the console is the only one documented; a client that keeps to it works under both.',
  },
  'department-deletion': {
    question: 'What happens to a department that has members or sub-departments when it is deleted?',
    default: 'refused',
    answers: {
      refused: guess('the deletion is refused', 'the page only speaks of the team space'),
      'to-parent': guess('members and sub-departments move to the parent', 'usual elsewhere'),
    },
    why: 'A refusal loses nobody; a client that empties departments first works under both.',
  },
  'user-in-path': {
    question: 'Which id of a user does a path take?',
    default: 'either',
    answers: {
      either: guess(
        '`id` and `userId` of listUsers',
        'the table only says user ID, and the pages use the word for both',
      ),
      koodrive: shown('`id` of listUsers only', 'getUser'),
    },
    why: 'A client that follows either page must work.',
  },
  'created-user-id': {
    question: 'Which id does createUser answer?',
    default: 'user',
    answers: {
      user: guess(
        '`data.id`, that of the new user',
        'the table borrows DeptData, whose id is that of what was created',
      ),
      department: table('`data.id`, that of the department', 'createUser', 'table DeptData'),
      absent: shown('none: there is no `data`', 'createUser'),
    },
    why: 'Without it a client cannot go on with the user it has just made.',
  },
  'count-scope': {
    question: 'Whom does countUsers count in a department?',
    default: 'tree',
    answers: {
      tree: guess('its members and those of its sub-departments', 'listUsers includes them by default'),
      direct: guess('its direct members', 'the page speaks of the department alone'),
    },
    why: 'Without deptId it counts the organisation, which is the tree of the root.',
  },
  'mobile-mask': {
    question: 'How does getUserMobile write the number?',
    default: 'plain',
    answers: {
      plain: guess('in full', 'the masked form is part of every list already'),
      masked: shown('the first 3 digits and 8 asterisks', 'getUserMobile'),
    },
    why: 'The example may be masked by the documentation like its tokens; a call of its own makes sense for the full number.',
  },
  'allocation-form': {
    question: 'How does getSpaceAllocation write `data`?',
    default: 'list',
    answers: {
      list: table('a list of objects with numbers, one for each type', 'getSpaceAllocation', 'answer table'),
      object: shown('one object with strings, of individual spaces', 'getSpaceAllocation'),
    },
    why: 'One object cannot describe three types.',
  },
  'department-space-total-type': {
    question: 'Is `total` of listDepartmentSpaces a number or a string?',
    default: 'number',
    answers: {
      number: shown('`"total": 364`', 'listDepartmentSpaces'),
      string: table('`"total": "364"`', 'listDepartmentSpaces', 'answer table'),
    },
    why: 'The example is closer to the wire than the table.',
  },
  'department-space-fields': {
    question: 'Which fields has a row of listDepartmentSpaces?',
    default: 'full',
    answers: {
      full: shown('those of the department and those of its space', 'listDepartmentSpaces'),
      slim: table('id, parentId, name and tenantId', 'listDepartmentSpaces', 'table departmentSpaceInfo'),
    },
    why: 'The slim table would leave the list without any space.',
  },
  'task-list-key': {
    question: 'Under which key does listTasks return the tasks?',
    default: 'taskList',
    answers: {
      taskList: table('`taskList`', 'listTasks', 'answer table'),
      taskListDtos: shown('`taskListDtos`', 'listTasks'),
    },
    why: 'The table names the fields one by one; the other looks like the name of a class.',
  },
  'task-cursor-type': {
    question: 'Is `nextCursor` of listTasks a string or a number?',
    default: 'string',
    answers: {
      string: table('a string', 'listTasks', 'answer table'),
      number: shown('a number', 'listTasks'),
    },
    why: 'A string loses no digit, and goes back into the query as it is.',
  },
  'task-type-default': {
    question: 'What does createTask without taskType do?',
    default: 'refused',
    answers: {
      refused: guess('it is refused', 'one type deletes a user, the other needs other fields'),
      transfer: guess('it is a transfer, type 0', 'an integer that is absent is often read as 0'),
    },
    why: 'The field is optional without a default; guessing could delete somebody.',
  },
  'import-upload': {
    question: 'Which resultId does createTask take for an import?',
    default: 'any',
    answers: {
      any: guess(
        'any: it stands for an upload of one to five users, the same each time',
        'no page says where it comes from',
      ),
      unknown: guess('none: no upload is known, 13000309', 'the mock has no OrgID'),
    },
    why: 'A client can only be tried with an upload that is there.',
  },
  'task-result-without-id': {
    question: 'What does getTaskResult answer without taskId?',
    default: 'refused',
    answers: {
      refused: guess('it is refused', 'there is nothing to look at'),
      latest: guess('the result of the newest import', 'the table says that the parameter is optional'),
    },
    why: 'A client that names its task works under both.',
  },
} as const satisfies Record<string, Reading>
