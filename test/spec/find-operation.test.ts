import { describe, expect, it } from 'vitest'
import { findOperation } from '../../src/spec/find-operation.ts'

const BASE = '/koodrive/ose/v1'
const found = (method: string, path: string) => {
  const { operation, params } = findOperation(method, BASE + path) ?? {}
  return [operation?.operationId, params]
}

describe('the operation of a method and a path', () => {
  it.each([
    ['GET', '/users/count', 'countUsers', {}],
    ['GET', '/users/7', 'getUser', { userId: '7' }],
    ['DELETE', '/users/7/', 'deleteUser', { userId: '7' }],
    ['GET', '/task/list', 'listTasks', {}],
    ['GET', '/task/7', 'getTask', { task_id: '7' }],
    ['GET', '/space/userList', 'listUserSpaces', {}],
    ['GET', '/space/7', 'getSpace', { ownerId: '7' }],
    ['POST', '/session', 'createSession', {}],
    ['POST', '/session/', 'createSession', {}],
    ['PATCH', '/users/7', undefined, undefined],
    ['GET', '/users/7/8', undefined, undefined],
    ['GET', '/users', undefined, undefined],
  ])('%s %s', (method, path, operationId, params) => {
    expect(found(method, path)).toEqual([operationId, params])
  })
})
