import type { OptOutType } from './keywords.ts'
import type { CarrierMessage } from './message.ts'
import { apiVersion, messagesPath } from './message-resource.ts'

export interface InboundFacts {
  readonly accountSid: string
  /** Base address of the carrier, without a trailing slash: pictures are fetched from there. */
  readonly baseUrl: string
  /** Told only where Advanced Opt-Out is on. */
  readonly optOutType: OptOutType | undefined
}

/**
 * What the webhook for incoming messages gets.
 * @source Twilio docs, "TwiML for Programmable Messaging", Twilio's request to your incoming message webhook URL;
 * OptOutType from "Customize user opt-out experiences with Advanced Opt-Out"
 */
export function inboundParameters(message: CarrierMessage, facts: InboundFacts): Record<string, string> {
  const { accountSid, baseUrl, optOutType } = facts
  const parameters: Record<string, string> = {
    AccountSid: accountSid,
    ApiVersion: apiVersion,
    Body: message.body,
    From: message.from ?? '',
    FromCity: '',
    FromCountry: 'US',
    FromState: '',
    FromZip: '',
    MessageSid: message.sid,
    NumMedia: String(message.media.length),
    NumSegments: String(message.segments),
    SmsMessageSid: message.sid,
    SmsSid: message.sid,
    SmsStatus: 'received',
    To: message.to,
    ToCity: '',
    ToCountry: 'US',
    ToState: '',
    ToZip: '',
  }
  if (message.serviceSid !== null) parameters.MessagingServiceSid = message.serviceSid
  if (optOutType !== undefined) parameters.OptOutType = optOutType
  for (const [index, { sid, contentType }] of message.media.entries()) {
    parameters[`MediaUrl${index}`] = `${baseUrl}${messagesPath(accountSid)}/${message.sid}/Media/${sid}`
    parameters[`MediaContentType${index}`] = contentType
  }
  return parameters
}
