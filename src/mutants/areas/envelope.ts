import type { Answer, Mutation } from '../../server/mutation.ts'
import { documented, example, inferred } from '../../spec/evidence.ts'
import { createBatchProvisioningTask } from '../../spec/operations/create-batch-provisioning-task.ts'
import { defineMutants } from '../mutant.ts'
import { changeAnswers, changeSuccess, type Loose, without } from '../seams.ts'

const code = documented('returnedValues', 'code 0')
const codeType = example('queryBatch', 'example, code (the table says String)')
const msg = documented('queryBatch', 'Table 3')
const status = documented('statusCodes', '200')
const json = inferred('Every answer on every page is a JSON object')

/** A success that says something else. */
const saying = (change: Loose): Mutation => changeSuccess((body) => ({ ...body, ...change }))

/** Changes successes of some operations, of any without a condition. */
const answering = (
  change: (answer: Answer) => Partial<Answer>,
  applies: (operationId: string | undefined) => boolean = () => true,
): Mutation =>
  changeAnswers(({ operation, refusal }) => refusal === undefined && applies(operation?.operationId), change)

/** What every success has in common. */
export const envelopeMutants = defineMutants('envelope', [
  ['code-missing', 'a success has no code', code, changeSuccess((body) => without(body, 'code'))],
  ['code-200', 'the code of a success is 200', code, saying({ code: 200 })],
  ['code-null', 'the code of a success is null', code, saying({ code: null })],
  ['code-boolean', 'the code of a success is true', code, saying({ code: true })],
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
  ['msg-empty', 'the msg of a success is empty', example('queryBatch', 'example, msg'), saying({ msg: '' })],
  ['msg-null', 'the msg of a success is null', msg, saying({ msg: null })],
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
  ['list', 'a success is a list with one entry', json, answering(({ body }) => ({ body: `[${body}]` }))],
  ['cut', 'the last character of a success is lost', json, answering(({ body }) => ({ body: body.slice(0, -1) }))],
  [
    'status-201',
    'a task is created with HTTP 201',
    status,
    answering(
      () => ({ status: 201 }),
      (id) => id === createBatchProvisioningTask.operationId,
    ),
  ],
  [
    'status-206',
    'a list is answered with HTTP 206',
    status,
    answering(
      () => ({ status: 206 }),
      (id) => id?.startsWith('list') === true,
    ),
  ],
  [
    'content-type-html',
    'a success is declared as HTML',
    json,
    answering(({ headers }) => ({ headers: { ...headers, 'Content-Type': 'text/html;charset=UTF-8' } })),
  ],
])
