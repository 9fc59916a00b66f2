import { formatXDate, sign } from 'koodrive-mock/signing'
import { test } from 'koodrive-mock/vitest'

test('provisions a user', async ({ mockUrl, sandbox, expect }) => {
  const { credentials, clock } = sandbox
  const call = async (method: string, path: string, body?: string) => {
    const url = `${mockUrl}/koodrive/ose/v1/user/batchRegister/${path}`
    const headers = {
      Host: new URL(url).host,
      'X-Date': formatXDate(Date.parse(clock.read().now)),
      'X-User-Id': credentials.userId,
    }
    const { authorization } = sign({ method, url, headers, body }, credentials)
    const response = await fetch(url, { method, headers: { ...headers, Authorization: authorization }, body })
    return response.json()
  }
  const { data: taskId } = await call('POST', 'create', '{"userList": [{"firstname": "Ada", "phone": "13900000001"}]}')
  clock.advance('PT1M')
  const { data } = await call('GET', `get?taskId=${taskId}`)
  expect(data.taskInfo).toMatchObject({ status: '2', successCount: 1 })
})
