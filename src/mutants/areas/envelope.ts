import { documented, example, inferred } from '../../spec/evidence.ts'
import { createBatchProvisioningTask } from '../../spec/operations/create-batch-provisioning-task.ts'
import { defineMutants } from '../mutant.ts'
import { changeSuccess, without } from '../seams.ts'

const code = documented('returnedValues', 'code 0')
const codeType = example('queryBatch', 'example, code (the table says String)')
const msg = documented('queryBatch', 'Table 3')
const status = documented('statusCodes', '200')
const json = inferred('Every answer on every page is a JSON object')

/** What every success has in common. */
export const envelopeMutants = defineMutants('envelope', [
  ['code-missing', 'a success has no code', code, changeSuccess((body) => without(body, 'code'))],
  ['code-200', 'the code of a success is 200', code, changeSuccess((body) => ({ ...body, code: 200 }))],
  ['code-null', 'the code of a success is null', code, changeSuccess((body) => ({ ...body, code: null }))],
  ['code-boolean', 'the code of a success is true', code, changeSuccess((body) => ({ ...body, code: true }))],
  [
    'code-mixed',
    'the code of every other success is a string',
    codeType,
    () => {
      let answers = 0
      return changeSuccess((body) => {
        answers += 1
        return answers % 2 === 0 ? { ...body, code: String(body['code']) } : body
      })
    },
  ],
  ['msg-missing', 'a success has no msg', msg, changeSuccess((body) => without(body, 'msg'))],
  [
    'msg-empty',
    'the msg of a success is empty',
    example('queryBatch', 'example, msg'),
    changeSuccess((body) => ({ ...body, msg: '' })),
  ],
  ['msg-null', 'the msg of a success is null', msg, changeSuccess((body) => ({ ...body, msg: null }))],
  [
    'msg-object',
    'the msg of a success is an object',
    msg,
    changeSuccess(({ msg: text, ...body }) => ({ ...body, msg: { text } })),
  ],
  [
    'msg-renamed',
    'the msg of a success is called message',
    msg,
    changeSuccess(({ msg: message, ...body }) => ({ ...body, message })),
  ],
  ['wrapped', 'a success is wrapped in a result once more', msg, changeSuccess((body) => ({ result: body }))],
  [
    'list',
    'a success is a list with one entry',
    json,
    () => ({ answer: (answer, { refusal }) => (refusal ? answer : { ...answer, body: `[${answer.body}]` }) }),
  ],
  [
    'cut',
    'the last character of a success is lost',
    json,
    () => ({ answer: (answer, { refusal }) => (refusal ? answer : { ...answer, body: answer.body.slice(0, -1) }) }),
  ],
  [
    'status-201',
    'a task is created with HTTP 201',
    status,
    () => ({
      answer: (answer, { operation, refusal }) =>
        refusal === undefined && operation?.operationId === createBatchProvisioningTask.operationId
          ? { ...answer, status: 201 }
          : answer,
    }),
  ],
  [
    'status-206',
    'a list is answered with HTTP 206',
    status,
    () => ({
      answer: (answer, { operation, refusal }) =>
        refusal === undefined && operation?.operationId.startsWith('list') ? { ...answer, status: 206 } : answer,
    }),
  ],
  [
    'content-type-html',
    'a success is declared as HTML',
    json,
    () => ({
      answer: (answer, { refusal }) =>
        refusal ? answer : { ...answer, headers: { ...answer.headers, 'Content-Type': 'text/html;charset=UTF-8' } },
    }),
  ],
])
