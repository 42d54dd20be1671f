import type { OpenAPIHono } from '@hono/zod-openapi'
import { outreach } from '@sax/topology'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as z from 'zod'
import type { ApiEnv, AppDeps } from '../http/api-env.ts'
import { fileAnswer } from '../http/file-answer.ts'
import { notFound, Refusal } from '../http/refusal.ts'
import { type Read, readInbound, readStatus } from '../receiving/carrier-events.ts'
import type { CarrierWebhooks } from '../receiving/carrier-webhooks.ts'
import { noStorage } from '../receiving/media/no-storage.ts'
import { type FormFields, fieldsOf, isFromCarrier } from '../receiving/webhook-signature.ts'
import { PICTURES_PATH, pictureLinks } from '../sending/picture-links.ts'
import { findSentMedia } from '../store/stored-media.ts'

const INBOUND = `${outreach.basePath}/webhooks/twilio/inbound`
const STATUS = `${outreach.basePath}/webhooks/twilio/status`
/** A form of the carrier's is a few kilobytes. */
const MAX_BODY_BYTES = 64 * 1024

/** What a person has to mend: a number that sends in a pool's name, and that no practice has. */
const UNREGISTERED_NUMBER = 'UNREGISTERED_NUMBER'

/** Nothing to be said to the patient: the carrier answers STOP, START and HELP by itself. */
const NO_REPLY = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'

/** What the carrier calls. Its signature is what lets it in, so these stand before everything that asks who is signed in. */
export function webhookRoutes(app: OpenAPIHono<ApiEnv>, deps: AppDeps): void {
  const { webhooks, logger } = deps
  if (webhooks === undefined) return
  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: () => {
      throw new Refusal(413, 'VALIDATION_ERROR', 'The request body is too large.')
    },
  })

  sentPictures(app, deps, webhooks)

  app.post(INBOUND, limit, async (c) => {
    const message = understood(c, deps, readInbound(await signedFields(c, webhooks, INBOUND)))
    if (message !== undefined) {
      const stored = await webhooks.store.receive(message)
      // Told to the carrier, whose console shows it: a number leads here that no practice has.
      if (stored === 'nobodys_number') throw new Refusal(404, 'NOT_FOUND', 'No practice has this number.')
      logger.info('inbound message', { requestId: c.var.requestId, code: stored })
      // The infrastructure makes an alarm of the code. Which number it is stands at the carrier, and in no log.
      if (stored === 'stored_by_pool' || stored === 'set_aside') {
        logger.error('a number of a pool is not registered', { requestId: c.var.requestId, code: UNREGISTERED_NUMBER })
      }
    }
    return c.body(NO_REPLY, 200, { 'content-type': 'text/xml; charset=utf-8' })
  })

  app.post(STATUS, limit, async (c) => {
    const fields = await signedFields(c, webhooks, STATUS)
    const report = understood(c, deps, readStatus(fields, c.req.query('m')))
    if (report !== undefined) {
      const applied = await webhooks.store.report(report)
      // The message stands under another name of the carrier's already: it has two.
      if (applied === 'other_sid') logger.error('message was sent twice', { requestId: c.var.requestId })
      else logger.info('status report', { requestId: c.var.requestId, code: applied })
    }
    return c.body(null, 204)
  })
}

/** One picture that was sent, for the carrier, which fetches it by GET and looks first by HEAD. */
function sentPictures(app: OpenAPIHono<ApiEnv>, deps: AppDeps, webhooks: CarrierWebhooks): void {
  const { database, epochMs, logger, media = noStorage } = deps
  const links = pictureLinks({ ...webhooks, nowMs: epochMs })
  app.get(`${PICTURES_PATH}/:id`, async (c) => {
    const id = z.guid().safeParse(c.req.param('id'))
    const { until = '', signature = '' } = c.req.query()
    const verdict = id.success ? await links.judge(id.data, { until, signature }) : 'forged'
    if (verdict === 'forged') throw new Refusal(403, 'FORBIDDEN', 'This link was not made here.')
    if (verdict === 'expired') throw new Refusal(410, 'NOT_FOUND', 'This link is no longer good.')
    const kept = id.success ? await findSentMedia(database, id.data) : undefined
    if (kept === undefined) throw notFound('picture')
    return fileAnswer({ media, logger }, kept, {
      range: undefined,
      requestId: c.var.requestId,
      bodiless: c.req.method === 'HEAD',
    })
  })
}

async function signedFields(c: Context<ApiEnv>, webhooks: CarrierWebhooks, path: string): Promise<FormFields> {
  const fields = fieldsOf(c.req.header('content-type'), await c.req.text())
  if (fields === undefined) throw new Refusal(415, 'VALIDATION_ERROR', 'Send the body as a form.')
  const query = c.req.raw.url.indexOf('?')
  const url = webhooks.publicBaseUrl + path + (query === -1 ? '' : c.req.raw.url.slice(query))
  const signature = c.req.header('x-twilio-signature')
  if (!isFromCarrier({ url, signature, fields }, await webhooks.tokens())) {
    throw new Refusal(403, 'FORBIDDEN', 'This was not signed by the carrier.')
  }
  if (fields.AccountSid !== webhooks.accountSid) throw new Refusal(403, 'FORBIDDEN', 'This is for another account.')
  return fields
}

function understood<T>(c: Context<ApiEnv>, { logger }: AppDeps, read: Read<T>): T | undefined {
  if (read.kind === 'malformed') throw new Refusal(400, 'VALIDATION_ERROR', 'Some of what was sent cannot be accepted.')
  if (read.kind === 'read') return read.value
  logger.info('carrier event ignored', { requestId: c.var.requestId })
  return undefined
}
