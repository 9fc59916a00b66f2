// node:http and nothing else: `node floor.mjs PORT constant|naive FOLDER`. The constant floor answers ready bytes; the
// naive one does the work of a handler as one would write it down first.
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { base, batchSchema, created, spacePage, taskAnswer, userPage } from './payloads.mjs'

const [, , port, kind, folder] = process.argv
const ready = Object.fromEntries(
  Object.entries({ userPage, spacePage, taskAnswer, created }).map(([name, value]) => [
    name,
    Buffer.from(JSON.stringify(value)),
  ]),
)
const paths = {
  users: `${base}/userList`,
  spaces: `${base}/space/userList`,
  create: `${base}/user/batchRegister/create`,
  poll: `${base}/user/batchRegister/get`,
}

const sendBytes = (response, status, bytes) => {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': bytes.length })
  response.end(bytes)
}
const send = (response, status, value) => sendBytes(response, status, Buffer.from(JSON.stringify(value)))

const bytesOf = {
  [paths.users]: ready.userPage,
  [paths.spaces]: ready.spacePage,
  [paths.poll]: ready.taskAnswer,
  [paths.create]: ready.created,
}

function constant(request, response) {
  const bytes = bytesOf[request.url.split('?', 1)[0]]
  request.resume()
  request.on('end', () => sendBytes(response, 200, bytes))
}

const validate = kind === 'naive' ? compile() : undefined

function compile() {
  const Ajv = createRequire(`${folder}/`)('ajv').default
  return new Ajv().compile(batchSchema)
}

function naive(request, response) {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost')
  if (!request.headers.authorization) return send(response, 401, { code: 401, msg: 'Unauthorized' })
  const offset = Number(searchParams.get('offset'))
  const limit = Number(searchParams.get('limit'))
  const isPage = pathname === paths.users || pathname === paths.spaces
  if (isPage && !(offset >= 0 && limit >= 1 && limit <= 100)) return send(response, 400, { code: 400, msg: 'limit' })
  if (pathname === paths.users)
    return send(response, 200, { ...userPage, list: userPage.list.slice(offset, offset + limit) })
  if (pathname === paths.spaces)
    return send(response, 200, { ...spacePage, users: spacePage.users.slice(offset, offset + limit) })
  if (pathname === paths.poll) {
    const size = Number(searchParams.get('pageSize') ?? 1000)
    const { data } = taskAnswer
    return send(response, 200, { ...taskAnswer, data: { ...data, registerList: data.registerList.slice(0, size) } })
  }
  if (pathname !== paths.create) return send(response, 404, { code: 404, msg: 'Not found' })
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const body = JSON.parse(Buffer.concat(chunks).toString())
    return validate(body)
      ? send(response, 200, created)
      : send(response, 400, { code: 400, msg: validate.errors[0].message })
  })
}

createServer(kind === 'naive' ? naive : constant).listen(Number(port), '127.0.0.1')
