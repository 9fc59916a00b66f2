import { describe, expect, it } from 'vitest'
import { createRequestLog } from '../../src/cli/request-log.ts'
import { paths } from '../support/client.ts'
import { inProcess } from '../support/targets.ts'

/** What the terminal shows while a client works, without colours. */
async function linesOf(format: 'pretty' | 'json', level: 'info' | 'error' = 'info'): Promise<string[]> {
  const lines: string[] = []
  const write = (text: string) => lines.push(text.replace(/\p{Cc}\[\d+m/gu, ''))
  const { client } = inProcess({ onExchange: createRequestLog(level, format, write) })
  const body = JSON.stringify({ userList: [{ firstname: 'Ada', phone: '18660001234' }] })
  const { json } = await client.signed('POST', paths.create, { body })
  await client.signed('GET', `${paths.query}?taskId=${json.data}`)
  await client.get(`${paths.users}?offset=0&limit=500&accessToken=hush`)
  await client.get('/nowhere?token=hush')
  return lines.map((line) => line.replaceAll(json.data, 'TASK'))
}

describe('the terminal', () => {
  it('prints one calm line a request: method, operation, status, time, task or diagnosis', async () => {
    const lines = await linesOf('pretty')
    expect(lines).toHaveLength(4)
    expect(lines[0]).toMatch(/^POST createBatchProvisioningTask 200 \d+\.\d ms task TASK\n$/)
    expect(lines[1]).toMatch(/^GET {2}queryBatchProvisioning 200 \d+\.\d ms task TASK\n$/)
    expect(lines[2]).toMatch(/^GET {2}listUsers 400 \d+\.\d ms {2}limit: .+\n$/)
    expect(lines[3]).toMatch(/^GET {2}\/nowhere\?token=\S+ 404 \d+\.\d ms {2}No operation and no route has .+\n$/)
    expect(lines.join('')).not.toContain('hush')
  })

  it('prints one JSON object a line for machines, without secrets', async () => {
    const lines = await linesOf('json')
    const [create, poll] = lines.map((line) => JSON.parse(line))
    expect(create).toMatchObject({
      method: 'POST',
      operation: 'createBatchProvisioningTask',
      status: 200,
      task: 'TASK',
    })
    expect(poll).toMatchObject({ sandbox: 'default', operation: 'queryBatchProvisioning', task: 'TASK', faults: [] })
    expect(lines.join('')).not.toContain('hush')
  })

  it('prints refusals only when asked for errors', async () => {
    expect(await linesOf('pretty', 'error')).toHaveLength(2)
  })
})
