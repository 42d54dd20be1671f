import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import type { Carrier } from '../carrier.ts'
import { fateOf } from '../fates.ts'
import type { MediaShelf } from '../media-shelf.ts'
import type { CarrierMessage } from '../message.ts'
import { mediaResource, messageResource, messagesPath } from '../message-resource.ts'
import { type Refusal, refusalBody, refusals } from '../refusals.ts'
import { messagesPage, readListRequest } from './messages-page.ts'

export interface TwilioApiEnv {
  /** Absent where there is no socket: in a test that calls the application itself. */
  readonly Bindings: Partial<HttpBindings>
}

type Ask = Context<TwilioApiEnv>

/** Twilio's Messages API for one account, under Twilio's own paths. */
export function twilioApi(carrier: Carrier, newRequestSid: () => string): Hono<TwilioApiEnv> {
  const { accountSid, authToken } = carrier.options
  const app = new Hono<TwilioApiEnv>()
  const basic = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
  const messages = messagesPath(accountSid)
  let requestsUnderWay = 0

  app.use('/2010-04-01/*', async (c, next) => {
    requestsUnderWay += 1
    // @source Twilio docs, "REST API concurrency limit header": told with every answer
    c.header('twilio-concurrent-requests', String(requestsUnderWay))
    c.header('twilio-request-id', newRequestSid())
    try {
      if (c.req.header('authorization') !== basic) return refuse(c, refusals.authenticate)
      return await next()
    } finally {
      requestsUnderWay -= 1
    }
  })

  app.post(`${messages}.json`, async (c) => {
    const sent = carrier.send(await form(c))
    if (sent.kind === 'refused') return refuse(c, sent.refusal)
    const how = carrier.spoilAnswer()
    if (how === 'reset') return broken(c)
    if (how === 'silence' || fateOf(sent.message.to).kind === 'silence') return silence(c)
    return c.json(messageResource(sent.message, accountSid), 201)
  })

  app.get(`${messages}.json`, (c) => {
    const query = new URL(c.req.url).searchParams
    const request = readListRequest(query)
    return c.json(messagesPage(carrier.messages(request.filter), request, accountSid, query))
  })

  app.get(`${messages}/:file{[A-Z]{2}[0-9a-f]{32}\\.json}`, (c) => {
    const message = carrier.message(sidOf(c))
    return message ? c.json(messageResource(message, accountSid)) : refuse(c, refusals.notFound)
  })

  app.post(`${messages}/:file{[A-Z]{2}[0-9a-f]{32}\\.json}`, async (c) => {
    const wanted = (await form(c)).get('Status')
    // Redacting a text is the other use of this call; nothing here needs it.
    if (wanted !== 'canceled') return refuse(c, refusals.methodNotAllowed)
    const cancelled = carrier.cancel(sidOf(c))
    return cancelled.kind === 'refused'
      ? refuse(c, cancelled.refusal)
      : c.json(messageResource(cancelled.message, accountSid))
  })

  app.get(`${messages}/:sid/Media.json`, (c) => {
    const message = carrier.message(c.req.param('sid'))
    if (message === undefined) return refuse(c, refusals.notFound)
    const uri = `${messages}/${message.sid}/Media.json`
    const list = message.media.map((media) => mediaResource(media, message, accountSid))
    const page = { page: 0, page_size: 50, start: 0, end: Math.max(0, list.length - 1) }
    return c.json({
      ...page,
      ...{ uri, first_page_uri: `${uri}?PageSize=50&Page=0`, next_page_uri: null, previous_page_uri: null },
      media_list: list,
    })
  })

  app.get(`${messages}/:sid/Media/:media`, (c) => {
    const message = carrier.message(c.req.param('sid'))
    const [mediaSid = '', extension] = c.req.param('media').split('.')
    const media = message?.media.find(({ sid }) => sid === mediaSid)
    if (message === undefined || media === undefined) return refuse(c, refusals.notFound)
    if (extension === 'json') return c.json(mediaResource(media, message, accountSid))
    // @source Twilio docs, "Media subresource": without .json it leads to where the file is, which asks for no password
    return c.redirect(`/media/${mediaSid}`, 307)
  })

  app.all('/2010-04-01/*', (c) => refuse(c, refusals.notFound))
  app.get('/media/:sid', (c) => mediaAnswer(c, carrier.shelf))
  return app
}

function mediaAnswer(c: Ask, shelf: MediaShelf): Response {
  const file = shelf.get(c.req.param('sid') ?? '')
  if (file === undefined) return c.notFound() as Response
  return c.body(new Uint8Array(file.bytes), 200, {
    'content-type': file.contentType,
    'x-content-type-options': 'nosniff',
    'content-security-policy': 'sandbox',
  })
}

function refuse(c: Ask, refusal: Refusal): Response {
  if (refusal.status === 429) c.header('retry-after', '1')
  return new Response(JSON.stringify(refusalBody(refusal)), {
    status: refusal.status,
    headers: { ...Object.fromEntries(c.res.headers), 'content-type': 'application/json' },
  })
}

function sidOf(c: Ask): CarrierMessage['sid'] {
  return (c.req.param('file') ?? '').slice(0, 34)
}

async function form(c: Ask): Promise<URLSearchParams> {
  return new URLSearchParams(await c.req.text())
}

/** Answers when the other side has given up; nobody reads it. */
function silence(c: Ask): Promise<Response> {
  return new Promise((resolve) => {
    c.req.raw.signal.addEventListener('abort', () => resolve(new Response(null, { status: 499 })), { once: true })
  })
}

function broken(c: Ask): Promise<Response> {
  c.env.incoming?.socket.resetAndDestroy()
  return silence(c)
}
