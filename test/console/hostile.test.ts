import { expect, it } from 'vitest'
import { describeInChromium, openView } from '../support/chromium.ts'
import { paths } from '../support/client.ts'
import { control, ofDefault } from '../support/control.ts'
import { overHttp } from '../support/targets.ts'

/** Texts that run a script when a page takes them for markup. */
const payloads = [
  '<script>globalThis.owned = 1</script>',
  '<img src=x onerror="globalThis.owned = 1">',
  '"><svg onload=globalThis.owned=1>',
  "'-globalThis.owned=1-'",
  '</pre></main><iframe srcdoc="<script>parent.owned=1</script>">',
  '{{constructor.constructor("globalThis.owned=1")()}}',
]

describeInChromium('what clients send', (visit) => {
  it.each(payloads)('stays text everywhere: %s', async (payload) => {
    const target = await overHttp()
    const { client, baseUrl } = target
    const userList = [{ firstname: payload, phone: '18660001234' }]
    const { json } = await client.signed('POST', paths.create, {
      body: JSON.stringify({ userList }),
      headers: { 'X-Note': payload, 'User-Agent': payload },
    })
    await client.get(`${paths.users}?offset=0&limit=10&keyWord=${encodeURIComponent(payload)}`)
    await client.send('GET', `/koodrive/${encodeURIComponent(payload)}`, {
      headers: { Authorization: `HMAC-SHA256 ${payload}` },
    })
    await control(target, 'POST', ofDefault('/clock/advance'), { by: 'PT1M' })
    await control(target, 'POST', '/sandboxes', { name: payload, labels: { note: payload } })
    await control(target, 'PUT', ofDefault('/scenario'), {
      name: 'hostile',
      title: payload,
      teaches: payload,
      batch: { rules: [{ rows: { phone: payload }, outcome: 'fail', error: { code: 1, msg: payload } }] },
      faults: [{ kind: 'error', status: 503, msg: payload, nth: 1000 }],
    })

    const { page, errors, strays } = await visit()
    for (const [view, params, expected] of [
      ['task', { id: json.data }, payload],
      ['directory', { keyWord: payload }, payload],
      ['exchange', { id: 'default-1' }, payload],
      ['exchange', { id: 'unattributed-1' }, payload],
      ['journal', { scope: 'all', q: payload, id: 'default-1' }, payload],
      ['journal', {}, undefined],
      ['sandboxes', {}, payload],
      ['clock', {}, payload],
      ['clock', { kind: 'error', msg: payload, outcome: 'fail', rowError: 'own', rowMsg: payload, edit: '1' }, payload],
      ['report', {}, undefined],
    ] as const) {
      await openView(page, baseUrl, view, params)
      const text = await page.locator('main').innerText()
      if (expected !== undefined && view !== 'exchange') expect(text, view).toContain(expected)
      expect(await page.evaluate('globalThis.owned'), view).toBeUndefined()
      expect(await page.locator('main :is(script, iframe, svg:not(.timeline), img)').count(), view).toBe(0)
    }
    expect(errors).toEqual([])
    expect(strays).toEqual([])
  })
})

describeInChromium('a token sent where a signature belongs', (visit) => {
  it('is shown nowhere on the page of its exchange', async () => {
    const { client, baseUrl } = await overHttp()
    const token = 'a-token-that-nobody-may-read'
    await client.send('GET', `${paths.query}?taskId=1`, { headers: { Authorization: `Bearer ${token}` } })
    const { page } = await visit()
    await openView(page, baseUrl, 'exchange', { id: 'unattributed-1' })
    await page.getByRole('heading', { name: 'What the client claims' }).waitFor()
    expect(await page.content()).not.toContain(token)
  })
})
