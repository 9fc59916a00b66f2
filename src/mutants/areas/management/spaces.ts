import { documented } from '../../../spec/evidence.ts'
import { createSpace } from '../../../spec/operations/create-space.ts'
import { deleteSpace } from '../../../spec/operations/delete-space.ts'
import { getSpace } from '../../../spec/operations/get-space.ts'
import { updateSpace } from '../../../spec/operations/update-space.ts'
import type { Definition, MutantArea } from '../../mutant.ts'
import {
  answerInstead,
  changeData,
  changeRequestBody,
  doNothing,
  ignoreField,
  type Loose,
  remember,
} from '../../seams.ts'

const space = documented('getSpace', 'answer table')
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
      changeData(getSpace, (data) => ({ ...data, type: data['type'] === '1' ? '0' : '1' })),
    ],
    [
      'capacity-in-kb',
      'capacity is given in KB',
      space,
      changeData(getSpace, (data) => ({ ...data, capacity: String(Number(data['capacity']) * GB_IN_KB) })),
    ],
    [
      'status-inverted',
      'a space in use is shown as disabled',
      space,
      changeData(getSpace, (data) => ({ ...data, status: data['status'] === '0' ? '1' : '0' })),
    ],
    [
      'container-of-another',
      'containerId is another one',
      space,
      changeData(getSpace, (data) => ({ ...data, containerId: `${String(data['containerId']).slice(0, -1)}0` })),
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
      documented('createSpace', 'table createSpaceRspInfo'),
      changeData(createSpace, (data) => ({ ...data, type: 1 - Number(data['type']) })),
    ],
    [
      'owner-wrong',
      'the answer shows another owner',
      documented('createSpace', 'table createSpaceRspInfo'),
      changeData(createSpace, (data) => ({ ...data, ownerId: data['creator'] })),
    ],
    [
      'disabled',
      'the answer shows a disabled space',
      documented('createSpace', 'table createSpaceRspInfo'),
      changeData(createSpace, (data) => ({ ...data, status: 1 })),
    ],
  ],
  'update-space': [
    ['not-done', 'nothing is changed', documented('updateSpace', 'request table'), doNothing(updateSpace)],
    ['capacity-ignored', 'the capacity stays', capacity, ignoreField(updateSpace, 'capacity', ['type', 'containerId'])],
    [
      'capacity-added',
      'the capacity is added to what there is',
      capacity,
      changeRequestBody(updateSpace, (body) =>
        body['capacity'] === undefined ? body : { ...body, capacity: Number(body['capacity']) + 1 },
      ),
    ],
    ['status-ignored', 'the status stays', status, ignoreField(updateSpace, 'status', ['type', 'containerId'])],
    [
      'status-inverted',
      'a space that is to be disabled is enabled',
      status,
      changeRequestBody(updateSpace, (body) =>
        body['status'] === undefined ? body : { ...body, status: 1 - Number(body['status']) },
      ),
    ],
    [
      'status-resizes',
      'a new status sets the capacity to 1 GB',
      status,
      changeRequestBody(updateSpace, (body) => (body['status'] === undefined ? body : { ...body, capacity: 1 })),
    ],
    [
      'resizing-disables',
      'a new capacity disables the space',
      capacity,
      changeRequestBody(updateSpace, (body) => (body['capacity'] === undefined ? body : { ...body, status: 1 })),
    ],
  ],
  'delete-space': [
    ['not-done', 'the space stays', documented('deleteSpace', 'page'), doNothing(deleteSpace)],
    ['still-shown', 'a deleted space is shown as before', documented('deleteSpace', 'page'), () => remember(getSpace)],
    [
      'departments-left-out',
      'only spaces of users are deleted',
      documented('deleteSpace', 'query parameters, type'),
      () => {
        const { handler: nothing } = doNothing(deleteSpace)
        return {
          handler: (handler) => {
            if (handler.operation.operationId !== deleteSpace.operationId) return handler
            const still = nothing?.(handler) ?? handler
            return {
              ...handler,
              handle: (context) =>
                ((context.query as unknown as Loose)['type'] === '0' ? still : handler).handle(context),
            }
          },
        }
      },
    ],
  ],
}
