import { Hono } from 'hono'
import { z } from 'zod'
import { behaviourChange } from '../behaviour.ts'
import type { Carrier } from '../carrier.ts'
import { pictureTypes } from '../fetch-media.ts'
import { playScript } from '../play/play-script.ts'
import { parseScript } from '../play/script.ts'

const phone = z.string().regex(/^\+[1-9]\d{6,14}$/)

const inbound = z.strictObject({
  from: phone,
  to: phone,
  body: z.string().max(1600).default(''),
  pictures: z
    .array(z.strictObject({ contentType: z.string().refine((type) => pictureTypes.has(type)), base64: z.base64() }))
    .max(10)
    .default([]),
})

/**
 * What tests and demonstrations ask of the simulator, as JSON under `/control`:
 * `POST inbound` writes as a patient, `POST script` plays JSON lines to their end, `GET phones/{phone}` is what a phone
 * shows, `GET` and `PATCH behaviour` is how the carrier behaves, `GET deliveries?after=` are the webhook requests of the
 * carrier, `POST deliveries/{id}/repeat` sends one again, `POST reset` begins anew.
 */
export function controlApi(carrier: Carrier, closing: AbortSignal): Hono {
  const app = new Hono()

  app.post('/inbound', async (c) => {
    const parsed = inbound.safeParse(await jsonOf(c.req.raw))
    if (!parsed.success) return c.json({ why: z.prettifyError(parsed.error) }, 400)
    const { from, to, body, pictures } = parsed.data
    const files = pictures.map(({ contentType, base64 }) => ({ contentType, bytes: Buffer.from(base64, 'base64') }))
    const received = carrier.receive({ from, to, body, pictures: files })
    if (received.kind === 'no_such_number') return c.json({ why: 'no practice has this number' }, 404)
    return c.json({ sid: received.message.sid }, 202)
  })

  app.post('/script', async (c) => {
    const script = parseScript(await c.req.text())
    if (script.kind === 'refused') return c.json(script, 400)
    return c.json(await playScript(script.lines, { carrier, signal: AbortSignal.any([closing, c.req.raw.signal]) }))
  })

  app.get('/phones/:phone', (c) => c.json({ bubbles: carrier.phones.of(c.req.param('phone')) }))

  app.get('/behaviour', (c) => c.json(carrier.behaviour))
  app.patch('/behaviour', async (c) => {
    const parsed = behaviourChange.safeParse(await jsonOf(c.req.raw))
    if (!parsed.success) return c.json({ why: z.prettifyError(parsed.error) }, 400)
    carrier.behave(parsed.data)
    return c.json(carrier.behaviour)
  })

  app.get('/deliveries', (c) => {
    const after = Number(c.req.query('after') ?? 0)
    return c.json({ deliveries: carrier.webhooks.deliveries.filter(({ id }) => id > after) })
  })
  app.post('/deliveries/:id/repeat', async (c) => {
    const delivery = await carrier.webhooks.repeat(Number(c.req.param('id')))
    return delivery ? c.json(delivery) : c.json({ why: 'no such delivery is remembered' }, 404)
  })

  app.post('/reset', (c) => {
    carrier.reset()
    return c.body(null, 204)
  })
  return app
}

async function jsonOf(request: Request): Promise<unknown> {
  try {
    return await request.json()
  } catch {
    return undefined
  }
}
