import { PassThrough } from 'node:stream'
import { createLogger } from '@sax/logging'
import { expect, test } from 'vitest'
import { carrierFixture, harbor, maeve, poolOne } from '../../test/carrier-fixture.ts'
import { createCarrierApp } from './app.ts'
import { newSid } from './new-sid.ts'
import { PhoneBook } from './page/phone-book.ts'

function site() {
  const fixture = carrierFixture()
  const lines = new PassThrough()
  const app = createCarrierApp({
    carrier: fixture.carrier,
    book: new PhoneBook([
      { name: "Maeve O'Brien", phone: maeve },
      { name: '<b>x</b> Markup', phone: '+16175550107' },
      { name: '伟 李', phone: '+16175550104' },
      { name: 'José Núñez', phone: '+16175550104' },
    ]),
    logger: createLogger({ service: 'carrier-simulator', level: 'debug', destination: lines }),
    newRequestSid: () => newSid('RQ'),
    closing: new AbortController().signal,
  })
  const json = (method: string, body: unknown) => ({
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const ask = (path: string, init?: RequestInit) => app.request(`http://127.0.0.1:4020${path}`, init)
  return { ...fixture, ask, json, logged: () => String(lines.read() ?? '') }
}

const phone = (number: string) => `/?phone=${encodeURIComponent(number)}`

test('names and texts are shown as they were written', async () => {
  const { carrier, ask } = site()
  const body = `<b>x</b> "quoted" O'Brien & José 李`
  carrier.receive({ from: '+16175550107', to: harbor, body, pictures: [] })
  const page = await (await ask(phone('+16175550107'))).text()
  expect(page).toContain('<p>&lt;b&gt;x&lt;/b&gt; &quot;quoted&quot; O&#39;Brien &amp; José 李</p>')
  expect(page).toContain('&lt;b&gt;x&lt;/b&gt; Markup</h2>')
  expect(page).not.toContain('<b>')
  const live = (await (await ask(`/live?phone=%2B16175550107&after=0`)).json()) as {
    phones: { bubbles: { html: string }[] }[]
  }
  expect(live.phones[0]?.bubbles[0]?.html).toContain('&lt;b&gt;x&lt;/b&gt;')
})

test('several people behind one phone are all named', async () => {
  expect(await (await site().ask(phone('+16175550104'))).text()).toContain('伟 李 and José Núñez</h2>')
})

test('the address says which phones are open, in any notation; else those that spoke last are', async () => {
  const { carrier, ask } = site()
  const opened = async (path: string) =>
    [...(await (await ask(path)).text()).matchAll(/data-phone="([^"]*)"/g)].map(([, number]) => number)
  expect(await opened('/')).toEqual([maeve, '+16175550107', '+16175550104'])
  carrier.receive({ from: '+16175550199', to: harbor, body: 'Hi', pictures: [] })
  expect(await opened('/')).toEqual(['+16175550199', maeve, '+16175550107'])
  expect(await opened('/?phone=(617)%20555-0155&phone=nonsense')).toEqual(['+16175550155'])
  expect(await opened('/?phone=')).toEqual([])
  expect(await (await ask('/?phone=')).text()).toContain('No phone is open')
})

test('a patient writes by form, with and without a script, and a keyword leaves the text alone', async () => {
  const { carrier, ask } = site()
  const path = `/phones/${encodeURIComponent(maeve)}/messages?phone=${encodeURIComponent(maeve)}`
  const send = (fields: Record<string, string | File>, headers = {}) => {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    return ask(path, { method: 'POST', body, headers })
  }
  const picture = new File([new Uint8Array(4)], 'mask.png', { type: 'image/png' })
  const plain = await send({ to: harbor, body: 'two\r\nlines', keyword: '', picture })
  expect([plain.status, plain.headers.get('location')]).toEqual([303, `/?phone=${encodeURIComponent(maeve)}`])
  const scripted = await send({ to: poolOne, body: 'half writ', keyword: 'STOP' }, { accept: 'application/json' })
  expect(scripted.status).toBe(202)
  expect(carrier.phones.of(maeve).map(({ text, number, media }) => [text, number, media.length])).toEqual([
    ['two\nlines', harbor, 1],
    ['STOP', poolOne, 0],
  ])
  expect(await (await ask(phone(maeve))).text()).toContain('Stopped: Pool one, Pool two')
})

test.each<[why: string, status: number, fields: Record<string, string | File>]>([
  ['nothing written', 400, { to: harbor, body: '  ' }],
  ['a page as a picture', 400, { to: harbor, body: 'x', picture: new File(['<p>'], 'x.html', { type: 'text/html' }) }],
  ['a number of nobody', 404, { to: '+19995550100', body: 'x' }],
])('%s is refused in words', async (_why, status, fields) => {
  const { ask, carrier } = site()
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  const answer = await ask(`/phones/${encodeURIComponent(maeve)}/messages`, { method: 'POST', body })
  expect(answer.status).toBe(status)
  expect(await answer.text()).toMatch(/^[A-Z].*\.$/)
  expect(carrier.phones.all).toEqual([])
})

test('news is asked for by version: 204 when there is none', async () => {
  const { carrier, ask } = site()
  expect((await ask(`/live?after=${carrier.phones.version}`)).status).toBe(204)
  carrier.receive({ from: maeve, to: harbor, body: 'Hi', pictures: [] })
  const live = await ask('/live?phone=&after=0')
  expect(await live.json()).toMatchObject({
    version: 1,
    phones: [],
    others: expect.stringContaining('Maeve O&#39;Brien'),
  })
})

test('the browser gets a program without types and may load nothing from elsewhere', async () => {
  const { ask } = site()
  const script = await (await ask('/phones.js')).text()
  expect(script).not.toMatch(/interface|: string|<HTMLElement>/)
  const policy = (await ask('/')).headers.get('content-security-policy')
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
})

test('the behaviour is changed by form or as JSON, within its bounds', async () => {
  const { carrier, ask, json } = site()
  expect((await ask('/control/behaviour', json('PATCH', { callbackOrder: 'shuffled', silentNext: 1 }))).status).toBe(
    200,
  )
  expect(carrier.behaviour).toMatchObject({ callbackOrder: 'shuffled', silentNext: 1, callbackCopies: 1 })
  expect((await ask('/control/behaviour', json('PATCH', { callbackOrder: 'upwards' }))).status).toBe(400)
  const form = { ...carrier.behaviour, callbackOrder: 'reversed', callbacksLost: 'true', stepMs: '5' }
  const body = new URLSearchParams(Object.entries(form).map(([name, value]) => [name, String(value)]))
  expect((await ask('/behaviour', { method: 'POST', body })).status).toBe(303)
  expect(carrier.behaviour).toMatchObject({ callbackOrder: 'reversed', callbacksLost: true, stepMs: 5, silentNext: 1 })
  body.set('callbackCopies', '6')
  expect((await ask('/behaviour', { method: 'POST', body })).status).toBe(400)
})

test('tests write as patients, play scripts, look at phones and deliveries, repeat one, and begin anew', async () => {
  const { ask, json, asked } = site()
  const picture = { contentType: 'image/png', base64: Buffer.from('png').toString('base64') }
  const written = { from: maeve, to: harbor, body: 'Hi', pictures: [picture] }
  expect((await ask('/control/inbound', json('POST', written))).status).toBe(202)
  expect((await ask('/control/inbound', json('POST', { ...written, to: '+19995550100' }))).status).toBe(404)
  expect(
    (await ask('/control/inbound', json('POST', { ...written, pictures: [{ ...picture, contentType: 'text/html' }] })))
      .status,
  ).toBe(400)
  expect((await ask('/control/inbound', { method: 'POST', body: '{' })).status).toBe(400)
  const script = await ask('/control/script', { method: 'POST', body: `{"from": "${maeve}", "says": "again"}` })
  expect(await script.json()).toEqual({ kind: 'played', lines: 1 })
  expect((await ask('/control/script', { method: 'POST', body: 'again' })).status).toBe(400)
  const shown = await ask(`/control/phones/${encodeURIComponent(maeve)}`)
  expect(await shown.json()).toMatchObject({ bubbles: [{ text: 'Hi' }, { text: 'again' }] })
  expect(await (await ask('/control/deliveries?after=1')).json()).toMatchObject({
    deliveries: [{ id: 2, status: 200 }],
  })
  expect((await ask('/control/deliveries/2/repeat', { method: 'POST' })).status).toBe(200)
  expect((await ask('/control/deliveries/9/repeat', { method: 'POST' })).status).toBe(404)
  expect(asked.map(({ parameters }) => parameters.Body)).toEqual(['Hi', 'again', 'again'])
  expect((await ask('/control/reset', { method: 'POST' })).status).toBe(204)
  expect(await (await ask(`/control/phones/${encodeURIComponent(maeve)}`)).json()).toEqual({ bubbles: [] })
})

test.each<[what: string, path: string, init: RequestInit, status: number]>([
  ['another name for this computer', '/', { headers: { host: 'phones.example.com' } }, 403],
  [
    'another page’s form',
    '/control/reset',
    { method: 'POST', headers: { host: '127.0.0.1:4020', origin: 'http://evil.example.com' } },
    403,
  ],
  [
    'this page',
    '/control/reset',
    { method: 'POST', headers: { host: '127.0.0.1:4020', origin: 'http://127.0.0.1:4020' } },
    204,
  ],
  ['localhost', '/', { headers: { host: 'localhost:4020' } }, 200],
])('a request of %s at %s', async (_what, path, init, status) => {
  expect((await site().ask(path, init)).status).toBe(status)
})

test('no number and no text gets into the log', async () => {
  const { ask, logged } = site()
  const body = new FormData()
  body.append('to', harbor)
  body.append('body', 'private')
  await ask(`/phones/${encodeURIComponent(maeve)}/messages?phone=${encodeURIComponent(maeve)}`, {
    method: 'POST',
    body,
  })
  await ask(phone(maeve))
  const log = logged()
  expect(log).toContain('/phones/:phone/messages')
  expect(log).not.toMatch(/617|private/)
})
