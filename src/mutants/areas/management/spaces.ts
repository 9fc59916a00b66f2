import { documented } from '../../../spec/evidence.ts'
import { createSpace } from '../../../spec/operations/create-space.ts'
import { deleteSpace } from '../../../spec/operations/delete-space.ts'
import { getSpace } from '../../../spec/operations/get-space.ts'
import { updateSpace } from '../../../spec/operations/update-space.ts'
import type { Definition, MutantArea } from '../../mutant.ts'
import {
  answerInstead,
  changeData,
  changeHandler,
  changeRequestBody,
  changeWhereGiven,
  doNothing,
  ignoreField,
  remember,
} from '../../seams.ts'

const space = documented('getSpace', 'answer table')
const created = documented('createSpace', 'table createSpaceRspInfo')
const gone = documented('deleteSpace', 'page')
const capacity = documented('updateSpace', 'request table, capacity')
const status = documented('updateSpace', 'request table, status')
const GB_IN_KB = 1_048_576

/** What the areas of spaces can get wrong. */
export const spaceDefinitions: Readonly<Partial<Record<MutantArea, readonly Definition[]>>> = {
  'get-space': [
    [
      'another-type',
      'type is that of a department',
      documented('getSpace', 'query parameters, type'),
      changeData(getSpace, ({ type }) => ({ type: type === '1' ? '0' : '1' })),
    ],
    [
      'capacity-in-kb',
      'capacity is given in KB',
      space,
      changeData(getSpace, ({ capacity }) => ({ capacity: String(Number(capacity) * GB_IN_KB) })),
    ],
    [
      'status-inverted',
      'a space in use is shown as disabled',
      space,
      changeData(getSpace, ({ status }) => ({ status: status === '0' ? '1' : '0' })),
    ],
    [
      'container-of-another',
      'containerId is another one',
      space,
      changeData(getSpace, ({ containerId }) => ({ containerId: `${String(containerId).slice(0, -1)}0` })),
    ],
  ],
  'create-space': [
    [
      'not-done',
      'a space is promised and not created',
      documented('createSpace', 'request table'),
      answerInstead(createSpace, ({ params: { ownerId }, body }) => ({
        data: {
          ...createSpace.examples.reference.response.data,
          ownerId,
          type: Number(body.type),
          capacity: Number(body.capacity),
        },
      })),
    ],
    [
      'capacity-ignored',
      'every space has 5 GB',
      documented('createSpace', 'request table'),
      changeRequestBody(createSpace, (body) => ({ ...body, capacity: 5 })),
    ],
    [
      'type-wrong',
      'the answer shows another type',
      created,
      changeData(createSpace, ({ type }) => ({ type: 1 - Number(type) })),
    ],
    [
      'owner-wrong',
      'the answer shows another owner',
      created,
      changeData(createSpace, ({ creator }) => ({ ownerId: creator })),
    ],
    ['disabled', 'the answer shows a disabled space', created, changeData(createSpace, () => ({ status: 1 }))],
  ],
  'update-space': [
    ['not-done', 'nothing is changed', documented('updateSpace', 'request table'), doNothing(updateSpace)],
    ['capacity-ignored', 'the capacity stays', capacity, ignoreField(updateSpace, 'capacity', ['type', 'containerId'])],
    [
      'capacity-added',
      'the capacity is added to what there is',
      capacity,
      changeWhereGiven(updateSpace, 'capacity', (asked) => ({ capacity: Number(asked) + 1 })),
    ],
    ['status-ignored', 'the status stays', status, ignoreField(updateSpace, 'status', ['type', 'containerId'])],
    [
      'status-inverted',
      'a space that is to be disabled is enabled',
      status,
      changeWhereGiven(updateSpace, 'status', (asked) => ({ status: 1 - Number(asked) })),
    ],
    [
      'status-resizes',
      'a new status sets the capacity to 1 GB',
      status,
      changeWhereGiven(updateSpace, 'status', () => ({ capacity: 1 })),
    ],
    [
      'resizing-disables',
      'a new capacity disables the space',
      capacity,
      changeWhereGiven(updateSpace, 'capacity', () => ({ status: 1 })),
    ],
  ],
  'delete-space': [
    ['not-done', 'the space stays', gone, doNothing(deleteSpace)],
    ['still-shown', 'a deleted space is shown as before', gone, () => remember(getSpace)],
    [
      'departments-left-out',
      'only spaces of users are deleted',
      documented('deleteSpace', 'query parameters, type'),
      changeHandler(deleteSpace, (handler) => ({
        ...handler,
        handle: (context) => (context.query.type === '0' ? {} : handler.handle(context)),
      })),
    ],
  ],
}
