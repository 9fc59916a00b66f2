// Mock Service Worker behind its own HTTP middleware: `node msw-server.mjs PORT FOLDER`.
import { createRequire } from 'node:module'
import { base, created, spacePage, taskAnswer, userPage } from './payloads.mjs'

const [, , port, folder] = process.argv
const load = createRequire(`${folder}/`)
const { createServer } = load('@mswjs/http-middleware')
const { http, HttpResponse } = load('msw')

createServer(
  http.get(`${base}/userList`, () => HttpResponse.json(userPage)),
  http.get(`${base}/space/userList`, () => HttpResponse.json(spacePage)),
  http.get(`${base}/user/batchRegister/get`, () => HttpResponse.json(taskAnswer)),
  http.post(`${base}/user/batchRegister/create`, () => HttpResponse.json(created)),
).listen(Number(port), '127.0.0.1')
