#!/usr/bin/env node
// From signing in to a deleted user on KooDrive. Node 18 or later, no dependencies.
// Configuration, steps and exit codes: ../README.md

import { create, resultRows, waitUntilDone } from './batch.mjs'
import { call, connect, exchange, Stop, turnedAway } from './koodrive.mjs'

const USAGE = 'usage: journey.mjs [PHONE]'
const NOT_FOUND = '13000309'

function check(step, good) {
  if (!good) throw new Stop(1, `${step}: the service did something else`)
  console.log(step)
}

const read = (service, path) => call(service, 'GET', path)

/** A call that changes something: sent again only if it was turned away before it took effect. */
const write = (service, method, path, payload) =>
  call(service, method, path, {
    body: payload === undefined || typeof payload === 'string' ? payload : JSON.stringify(payload),
    mayResend: turnedAway,
  })

/** Signs in as a browser would, without one: the mock's sign-in page takes whom to sign in as from the query. */
async function signIn(service, login) {
  const domain = encodeURIComponent(new URL(service.endpoint).host)
  const { uri } = await call(service, 'GET', `/session/authCodeURL?domain=${domain}`, { anonymous: true })
  const { location, text } = await exchange(`${uri}&login=${encodeURIComponent(login)}`, { method: 'GET' })
  const code = location && new URL(location).searchParams.get('code')
  if (!code) throw new Stop(3, `signing in as ${login}: ${text}`)
  const options = { body: JSON.stringify({ code }), anonymous: true, mayResend: turnedAway }
  const { data } = await call(service, 'POST', '/session', options)
  service.token = data.accessToken // carries the word Bearer, and is sent as it is
  return data
}

/** The failure of a call that the service must refuse. */
async function refused(service, path) {
  try {
    await read(service, path)
    return ''
  } catch (error) {
    if (error instanceof Stop) return error.message
    throw error
  }
}

async function provisionOne(service, phone) {
  const { taskId } = await create(service, [{ firstname: 'Journey', phone }])
  await waitUntilDone(service, taskId)
  const row = (await resultRows(service, taskId)).get(phone)[0]
  if (row.code) throw new Stop(1, `${phone}: ${row.code} ${row.reason}`)
  return row.userId
}

async function quota(service) {
  const { data } = await read(service, '/service/quotaUsed')
  const sum = (part) => ['dept', 'personal', 'group'].reduce((total, kind) => total + data[kind + part], 0)
  const addsUp =
    data.spaceUsed === sum('SpaceUsed') &&
    data.spaceQuotaUsed === sum('SpaceQuotaUsed') &&
    data.spaceCapacity === sum('SpaceQuota') + data.reservedSpaceQuota
  return { personal: data.personalSpaceQuotaUsed, addsUp }
}

async function journey(service, phone) {
  const session = await signIn(service, service.setting('LOGIN', 'admin'))
  const me = (await read(service, '/session/auth')).data
  check('signed in', me.innerUserId === session.userInfo.innerUserId)

  const root = (await read(service, '/departmentList')).list[0].id
  const name = `Journey ${phone.slice(-8)}`
  const department = (await write(service, 'POST', '/departments', { name, parentId: root })).data.id
  const { list } = await read(service, `/departmentList?departmentId=${root}`)
  check(
    'department created',
    list.some(({ id }) => id === department),
  )

  const rows = JSON.stringify([{ targetDeptName: name, personalCapacity: 1, isAllocateCapacity: true }])
  // Ids are beyond 2^53, where JSON.stringify would print a neighbour: their digits go in as strings.
  const preverify = `{"curDeptId":${department},"users":${rows}}`
  const results = (await write(service, 'POST', '/users/batchimport/preverify', preverify)).data
  check('import pre-verified', !results[0].reason)

  const user = (await read(service, `/users/${await provisionOne(service, phone)}`)).data
  const [userPath, spacePath] = [`/users/${user.id}`, `/space/${user.id}`]
  const now = async () => (await read(service, userPath)).data
  check('user provisioned', user.name.startsWith('Journey'))

  await write(service, 'PUT', userPath, `{"deptId":${department}}`)
  const { total } = await read(service, `/users/count?deptId=${department}`)
  check('user moved', (await now()).deptId === department && total === 1)
  await write(service, 'PUT', userPath, { status: 1 })
  check('user disabled', (await now()).status === 1)
  await write(service, 'PUT', userPath, { status: 0 })
  check('user enabled', (await now()).status === 0)

  const before = await quota(service)
  const { containerId } = (await write(service, 'POST', spacePath, { capacity: 5, type: 1 })).data
  await write(service, 'PUT', spacePath, { capacity: 7, type: 1, containerId })
  const space = (await read(service, `${spacePath}?type=1&containerId=${containerId}`)).data
  check('space created and changed', space.capacity === '7')
  const after = await quota(service)
  check('quota adds up', after.addsUp && after.personal === before.personal + 7)

  await write(service, 'DELETE', userPath)
  check('user deleted', (await refused(service, userPath)).includes(NOT_FOUND))
  await write(service, 'DELETE', `/departments/${department}`)
  check('department deleted', (await refused(service, `/departments/${department}`)).includes(NOT_FOUND))
  const again = await provisionOne(service, phone)
  check('phone provisioned again', again !== user.userId)
  await write(service, 'DELETE', `/users/${again}`)

  await read(service, '/session/logoff')
  check('signed out', (await refused(service, '/session/auth')).includes('HTTP 401'))
  console.log('journey=done')
}

try {
  const [phone = `188${String(Date.now()).slice(-10)}`, ...others] = process.argv.slice(2)
  if (others.length) throw new Stop(2, 'one phone at most')
  await journey(connect(), phone)
} catch (error) {
  if (error instanceof Stop) console.error(error.message)
  else console.error(`The service answered something the reference does not allow: ${error.message}`)
  if (error.exitCode === 2) console.error(USAGE)
  process.exitCode = error.exitCode ?? 3
}
