import { randomUUID } from 'node:crypto'
import { outreach } from '@sax/topology'
import { signatureOf } from '../../carrier/signature.ts'

const PATH = `${outreach.basePath}/webhooks/twilio/inbound`

export interface InboundText {
  /** E.164 */
  readonly from: string
  readonly to: string
  readonly body: string
}

/** A request of the carrier's that tells of a text, signed as it signs. */
export function inboundWebhook(
  { url, accountSid, authToken }: { readonly url: string; readonly accountSid: string; readonly authToken: string },
  { from, to, body }: InboundText,
): { readonly path: string; readonly method: 'POST'; readonly headers: Record<string, string>; readonly body: string } {
  const sid = `SM${randomUUID().replaceAll('-', '')}`
  const fields = {
    ...{ AccountSid: accountSid, ApiVersion: '2010-04-01', MessageSid: sid, SmsMessageSid: sid, SmsSid: sid },
    ...{ From: from, To: to, Body: body, NumMedia: '0', NumSegments: '1', SmsStatus: 'received' },
  }
  return {
    path: PATH,
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signatureOf(authToken, url + PATH, fields),
    },
    body: new URLSearchParams(fields).toString(),
  }
}
