import { errorWords } from './fates.ts'
import type { CarrierMessage, MessageMedia } from './message.ts'

/** @source Twilio docs, "Messages resource": the only version of this API */
export const apiVersion = '2010-04-01'

/** Where the messages of an account are; with a slash before and none after. */
export function messagesPath(accountSid: string): string {
  return `/${apiVersion}/Accounts/${accountSid}/Messages`
}

/**
 * A message as the API shows it: numbers as strings, times in RFC 2822.
 * @source twilio/twilio-oai, spec/json/twilio_api_v2010.json, api.v2010.account.message
 */
export function messageResource(message: CarrierMessage, accountSid: string) {
  const path = `${messagesPath(accountSid)}/${message.sid}`
  return {
    account_sid: accountSid,
    api_version: apiVersion,
    body: message.body,
    date_created: rfc2822(message.createdMs),
    date_sent: message.sentMs === null ? null : rfc2822(message.sentMs),
    date_updated: rfc2822(message.updatedMs),
    direction: message.direction,
    error_code: message.errorCode,
    error_message: message.errorCode === null ? null : errorWords(message.errorCode),
    from: message.from,
    messaging_service_sid: message.serviceSid,
    num_media: String(message.mediaUrls.length || message.media.length),
    num_segments: String(message.segments),
    // Billing is settled later and is nothing that this simulator knows.
    price: null,
    price_unit: 'USD',
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${path}/Media.json` },
    to: message.to,
    uri: `${path}.json`,
  }
}

/**
 * A picture of a message as the API shows it.
 * @source twilio/twilio-oai, spec/json/twilio_api_v2010.json, api.v2010.account.message.media
 */
export function mediaResource(media: MessageMedia, message: CarrierMessage, accountSid: string) {
  return {
    account_sid: accountSid,
    content_type: media.contentType,
    date_created: rfc2822(message.createdMs),
    date_updated: rfc2822(message.createdMs),
    parent_sid: message.sid,
    sid: media.sid,
    uri: `${messagesPath(accountSid)}/${message.sid}/Media/${media.sid}.json`,
  }
}

function rfc2822(ms: number): string {
  return new Date(ms).toUTCString().replace('GMT', '+0000')
}
