import { validateRequest } from 'twilio/lib/webhooks/webhooks.js'
import { describe, expect, test } from 'vitest'
import {
  authToken,
  carrierFixture,
  harbor,
  inboundUrl,
  maeve,
  noonMs,
  poolOne,
  poolTwo,
  serviceSid,
  statusUrl,
} from '../../test/carrier-fixture.ts'

const byService = { MessagingServiceSid: serviceSid, From: '' }
const tenSec = 10_000

describe('the way of a message', () => {
  test('from a number it is queued, sent, delivered, and on the phone; only changes are told', async () => {
    const { carrier, send, time, statuses } = carrierFixture()
    const sent = send()
    expect(sent).toMatchObject({ kind: 'accepted', message: { status: 'queued', from: harbor, segments: 1 } })
    expect(carrier.phones.of(maeve)).toEqual([])
    await time.pass(tenSec)
    expect(statuses()).toEqual(['sent', 'delivered'])
    expect(carrier.phones.of(maeve)).toMatchObject([{ kind: 'practice', number: harbor, text: 'Hello' }])
  })

  test('from a service it is accepted without number and segments, which it gets on the way', async () => {
    const { send, time, statuses, asked } = carrierFixture()
    const sent = send(byService)
    expect(sent).toMatchObject({ message: { status: 'accepted', from: null, segments: 0 } })
    await time.pass(tenSec)
    expect(statuses()).toEqual(['queued', 'sent', 'delivered'])
    expect(sent).toMatchObject({ message: { status: 'delivered', from: poolOne, segments: 1 } })
    expect(asked.at(-1)?.parameters).toMatchObject({ From: poolOne, MessagingServiceSid: serviceSid })
  })

  test('a service answers from the number that the patient wrote to', async () => {
    const { carrier, send, time } = carrierFixture()
    carrier.receive({ from: maeve, to: poolTwo, body: 'Hi', pictures: [] })
    const sent = send(byService)
    await time.pass(tenSec)
    expect(sent).toMatchObject({ message: { from: poolTwo } })
  })

  test.each<[phone: string, errorCode: number, words: string]>([
    ['+13035550103', 30003, 'unreachable'],
    ['+13035550105', 30005, 'unknown handset'],
    ['+13035550106', 30006, 'landline'],
    ['+13035550107', 30007, 'filtered'],
    ['+13035550134', 30034, 'unregistered'],
  ])('to %s it is undelivered with %i (%s)', async (phone, errorCode) => {
    const { carrier, send, time, statuses, asked } = carrierFixture()
    send({ To: phone })
    await time.pass(tenSec)
    expect(statuses()).toEqual(['sent', 'undelivered'])
    expect(asked.at(-1)?.parameters).toMatchObject({ ErrorCode: String(errorCode), To: phone })
    expect(carrier.phones.of(phone)).toMatchObject([{ kind: 'lost', errorCode }])
  })

  test('a number sends so many segments a second and no more', async () => {
    const { carrier, send, time } = carrierFixture({ segmentsPerSec: 1 })
    carrier.behave({ stepMs: 0 })
    send({ Body: 'x'.repeat(161) })
    send({ Body: 'second' })
    send({ Body: 'third', From: poolOne })
    await time.pass(1999)
    expect(carrier.phones.of(maeve).map(({ text }) => text.slice(0, 6))).toEqual(['xxxxxx', 'third'])
    await time.pass(1)
    expect(carrier.phones.of(maeve).at(-1)?.text).toBe('second')
  })

  test('what is queued for longer than its validity fails with 30001', async () => {
    const { send, time } = carrierFixture({ segmentsPerSec: 1 })
    for (let count = 0; count < 6; count += 1) send()
    const late = send({ ValidityPeriod: '5' })
    await time.pass(tenSec)
    expect(late).toMatchObject({ message: { status: 'failed', errorCode: 30001 } })
  })

  test('a full queue refuses a number with 21611, and fails a service’s message with 30001', async () => {
    const { send, time } = carrierFixture({ segmentsPerSec: 1, queueSec: 2 })
    for (let count = 0; count < 3; count += 1) {
      send()
      send({ From: poolOne })
    }
    expect(send()).toMatchObject({ kind: 'refused', refusal: { code: 21611, status: 429 } })
    const taken = send({ ...byService, To: '+16175550102' })
    await time.pass(tenSec)
    expect(taken).toMatchObject({ kind: 'accepted', message: { status: 'failed', errorCode: 30001 } })
  })

  test('a scheduled message leaves at its time, and one that was called off never does', async () => {
    const { carrier, send, time } = carrierFixture()
    const later = { ...byService, ScheduleType: 'fixed', SendAt: new Date(noonMs + 600_000).toISOString() }
    const kept = send(later)
    const given = send({ ...later, To: '+16175550102' })
    if (kept.kind === 'refused' || given.kind === 'refused') throw new Error('both are taken')
    expect(kept.message.status).toBe('scheduled')
    expect(carrier.cancel(given.message.sid)).toMatchObject({ kind: 'cancelled', message: { status: 'canceled' } })
    await time.pass(599_000)
    expect(carrier.phones.all).toEqual([])
    await time.pass(tenSec)
    expect(carrier.phones.all).toEqual([maeve])
    expect(carrier.cancel(kept.message.sid)).toMatchObject({ kind: 'refused', refusal: { code: 30409 } })
  })

  test('a reset calls off what is under way', async () => {
    const { carrier, send, time, statuses } = carrierFixture()
    send()
    carrier.reset()
    await time.pass(tenSec)
    expect([statuses(), carrier.phones.all, carrier.messages()]).toEqual([[], [], []])
  })
})

describe('callbacks', () => {
  test('they are signed for the address with its query, as Twilio’s own check wants it', async () => {
    const { send, time, asked } = carrierFixture()
    send()
    await time.pass(tenSec)
    expect(asked).toHaveLength(2)
    for (const { url, headers, parameters } of asked) {
      expect(validateRequest(authToken, headers.get('x-twilio-signature') ?? '', url, parameters)).toBe(true)
    }
    expect(asked.map(({ parameters }) => parameters.RawDlrDoneDate)).toEqual([undefined, '2701101200'])
  })

  test.each<[order: 'in_order' | 'reversed', copies: number, told: string[]]>([
    ['in_order', 2, ['queued', 'queued', 'sent', 'sent', 'delivered', 'delivered']],
    ['reversed', 1, ['delivered', 'sent', 'queued']],
    ['reversed', 2, ['delivered', 'delivered', 'sent', 'sent', 'queued', 'queued']],
  ])('%s, %i times each', async (callbackOrder, callbackCopies, told) => {
    const { carrier, send, time, statuses } = carrierFixture()
    carrier.behave({ callbackOrder, callbackCopies })
    send(byService)
    await time.pass(tenSec)
    expect(statuses()).toEqual(told)
  })

  test('shuffled, by the dice that were given', async () => {
    const dice = [0.5, 0.9, 0.1]
    const { carrier, send, time, statuses } = carrierFixture({ random: () => dice.shift() ?? 0 })
    carrier.behave({ callbackOrder: 'shuffled' })
    send(byService)
    await time.pass(tenSec)
    expect(statuses()).toEqual(['delivered', 'queued', 'sent'])
  })

  test('late ones are late, and lost ones never arrive', async () => {
    const { carrier, send, time, statuses } = carrierFixture()
    carrier.behave({ stepMs: 100, callbackDelayMs: 5000 })
    send()
    await time.pass(4000)
    expect(statuses()).toEqual([])
    await time.pass(tenSec)
    expect(statuses()).toEqual(['sent', 'delivered'])
    carrier.behave({ callbacksLost: true })
    send()
    await time.pass(60_000)
    expect(statuses()).toHaveLength(2)
  })

  test('one that nobody answers within 15 seconds is given up, and so is one when the carrier ends', async () => {
    const { carrier, time } = carrierFixture({
      fetch: (_url, init) =>
        new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted')))),
    })
    const hi = { from: maeve, to: harbor, body: 'Hi', pictures: [] }
    const given = carrier.receive(hi)
    await time.pass(15_000)
    expect(given.kind === 'received' && (await given.delivery)).toMatchObject({ status: undefined, attempts: 1 })
    const broken = carrier.receive(hi)
    carrier.close()
    expect(broken.kind === 'received' && (await broken.delivery)).toMatchObject({ status: undefined, attempts: 1 })
  })

  test('one that finds nobody is tried twice and remembered, and can be repeated as the same', async () => {
    let isDown = true
    const tokens: (string | null)[] = []
    const { carrier, time } = carrierFixture({
      fetch: async (_url, init) => {
        if (isDown) throw new TypeError('fetch failed')
        tokens.push(new Headers(init?.headers).get('i-twilio-idempotency-token'))
        return new Response('', { status: 403 })
      },
    })
    carrier.receive({ from: maeve, to: harbor, body: 'Hi', pictures: [] })
    await time.pass(0)
    expect(carrier.webhooks.deliveries).toMatchObject([{ id: 1, status: undefined, attempts: 2 }])
    isDown = false
    const first = carrier.webhooks.deliveries[0]
    expect(await carrier.webhooks.repeat(1)).toMatchObject({ id: 2, status: 403, parameters: first?.parameters })
    expect(tokens).toEqual([first?.idempotencyToken])
    expect(await carrier.webhooks.repeat(99)).toBeUndefined()
  })
})

describe('opting out', () => {
  const says = (body: string, to = harbor) => ({ from: maeve, to, body, pictures: [] })

  test.each(['STOP', 'stop', ' Stopall ', 'UNSUBSCRIBE', 'cancel', 'End', 'QUIT', 'OPTOUT', 'Revoke'])(
    '"%s" alone stops, and the carrier says so on the phone',
    async (word) => {
      const { carrier, send, time, asked } = carrierFixture()
      carrier.receive(says(word))
      expect(send()).toMatchObject({ kind: 'refused', refusal: { code: 21610, status: 400 } })
      await time.pass(tenSec)
      expect(carrier.phones.of(maeve).map(({ kind }) => kind)).toEqual(['mine', 'carrier'])
      expect(asked).toMatchObject([{ url: inboundUrl, parameters: { Body: word } }])
      expect(carrier.messages()).toHaveLength(1)
    },
  )

  test.each(['STOP PLEASE', 'Please stop', 'stopped', 'no'])('"%s" is an ordinary message', (body) => {
    const { carrier, send } = carrierFixture()
    carrier.receive(says(body))
    expect(send()).toMatchObject({ kind: 'accepted' })
  })

  test.each(['START', 'yes', 'Unstop'])('"%s" takes it back', (word) => {
    const { carrier, send } = carrierFixture()
    carrier.receive(says('STOP'))
    expect(carrier.isOptedOut(harbor, maeve)).toBe(true)
    carrier.receive(says(word))
    expect(send()).toMatchObject({ kind: 'accepted' })
  })

  test('HELP is answered and changes nothing', async () => {
    const { carrier, send, time } = carrierFixture()
    carrier.receive(says('HELP'))
    await time.pass(tenSec)
    expect(carrier.phones.of(maeve).at(-1)).toMatchObject({ kind: 'carrier', text: expect.stringContaining('STOP') })
    expect(send()).toMatchObject({ kind: 'accepted' })
  })

  test('it goes for a number alone, or for a whole service, which is told the keyword', () => {
    const { carrier, send, asked } = carrierFixture()
    carrier.receive(says('STOP', poolOne))
    expect(send({ From: poolTwo })).toMatchObject({ refusal: { code: 21610 } })
    expect(send()).toMatchObject({ kind: 'accepted' })
    carrier.receive(says('STOP'))
    expect(asked.map(({ parameters }) => [parameters.MessagingServiceSid, parameters.OptOutType])).toEqual([
      [serviceSid, 'STOP'],
      [undefined, undefined],
    ])
  })

  test('asked for, a service takes the message and fails it with 21610', async () => {
    const { carrier, send, time, asked } = carrierFixture()
    carrier.behave({ optOutRefusal: 'later' })
    carrier.receive(says('STOP', poolOne))
    expect(send(byService)).toMatchObject({ kind: 'accepted' })
    await time.pass(tenSec)
    expect(asked.at(-1)?.parameters).toMatchObject({ MessageStatus: 'failed', ErrorCode: '21610' })
  })
})

describe('messages of patients', () => {
  test('arrive signed, with their text as it was written', async () => {
    const { carrier, time, asked } = carrierFixture()
    const body = "<b>x</b> O'Brien, José, 李"
    expect(carrier.receive({ from: maeve, to: harbor, body, pictures: [] })).toMatchObject({ kind: 'received' })
    await time.pass(0)
    const [hook] = asked
    expect(hook?.parameters).toMatchObject({
      Body: body,
      From: maeve,
      To: harbor,
      NumMedia: '0',
      SmsStatus: 'received',
    })
    expect(
      validateRequest(authToken, hook?.headers.get('x-twilio-signature') ?? '', inboundUrl, hook?.parameters ?? {}),
    ).toBe(true)
  })

  test('bring the addresses and kinds of their pictures', () => {
    const { carrier, asked } = carrierFixture()
    const picture = (contentType: string) => ({ contentType, bytes: new Uint8Array([1, 2, 3]) })
    carrier.receive({ from: maeve, to: harbor, body: '', pictures: [picture('image/png'), picture('image/jpeg')] })
    const parameters = asked[0]?.parameters
    expect(parameters?.MessageSid).toMatch(/^MM/)
    expect(parameters).toMatchObject({ NumMedia: '2', MediaContentType0: 'image/png', MediaContentType1: 'image/jpeg' })
    expect(parameters?.MediaUrl1).toMatch(
      /^http:\/\/127\.0\.0\.1:4020\/2010-04-01\/Accounts\/AC[a]{32}\/Messages\/MM[0-9a-f]{32}\/Media\/ME[0-9a-f]{32}$/,
    )
  })

  test('to a number that no practice has are not taken', () => {
    const { carrier, asked } = carrierFixture()
    expect(carrier.receive({ from: maeve, to: '+19995550100', body: 'Hi', pictures: [] }).kind).toBe('no_such_number')
    expect(asked).toEqual([])
  })
})

describe('pictures of a practice', () => {
  test.each<[what: string, url: string, answer: () => Response, errorCode: number | null]>([
    ['a picture', 'http://127.0.0.1/x', () => picture(10, 'image/png'), null],
    ['nothing there', 'http://127.0.0.1/x', () => new Response('', { status: 404 }), 11200],
    ['another computer', 'http://pictures.example.com/x', () => picture(10, 'image/png'), 11200],
    ['a page', 'http://127.0.0.1/x', () => picture(10, 'text/html; charset=utf-8'), 12300],
    ['more than 5 MB', 'http://127.0.0.1/x', () => picture(5 * 1024 * 1024 + 1, 'image/png'), 30019],
  ])('%s', async (_what, url, answer, errorCode) => {
    const { send, time } = carrierFixture({
      fetch: async (asked) => (String(asked) === statusUrl ? new Response('') : answer()),
    })
    const sent = send({ MediaUrl: url })
    await time.pass(tenSec)
    expect(sent).toMatchObject({ message: { errorCode, status: errorCode === null ? 'delivered' : 'failed' } })
  })

  function picture(bytes: number, contentType: string): Response {
    return new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } })
  }
})

describe('memory', () => {
  test('messages that ended go first, whatever is under way stays', async () => {
    const { carrier, send, time } = carrierFixture({ keptMessages: 2, segmentsPerSec: 1 })
    carrier.behave({ stepMs: 0 })
    const bodies = () => carrier.messages().map(({ body }) => body)
    send({ Body: 'first' })
    await time.pass(0)
    send({ Body: 'second' })
    send({ Body: 'third' })
    expect(bodies()).toEqual(['third', 'second'])
    send({ Body: 'fourth' })
    expect(bodies()).toEqual(['fourth', 'third'])
  })

  test('pictures go when they are too much together', () => {
    const { carrier } = carrierFixture({ keptMediaBytes: 5 })
    const bytes = new Uint8Array(3)
    for (const body of ['one', 'two']) {
      carrier.receive({ from: maeve, to: harbor, body, pictures: [{ contentType: 'image/png', bytes }] })
    }
    const [two, one] = carrier.messages().map(({ media }) => media[0]?.sid ?? '')
    expect(carrier.shelf.get(one ?? '')).toBeUndefined()
    expect(carrier.shelf.get(two ?? '')).toBeDefined()
  })

  test('of a phone the last 200 bubbles are kept', () => {
    const { carrier } = carrierFixture()
    for (let count = 1; count <= 201; count += 1) {
      carrier.receive({ from: maeve, to: harbor, body: String(count), pictures: [] })
    }
    expect(carrier.phones.of(maeve)).toHaveLength(200)
    expect(carrier.phones.of(maeve)[0]?.text).toBe('2')
  })
})
