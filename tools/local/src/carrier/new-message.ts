import { SegmentedMessage } from 'sms-segments-calculator'
import type { CarrierMessage, MessageMedia } from './message.ts'
import type { SendRequest } from './send-request.ts'
import type { Sender } from './senders.ts'

/** Pieces that a text is cut into. A picture message is one, however long its text. */
export function segmentsOf(body: string, mediaCount: number): number {
  return mediaCount > 0 || body === '' ? 1 : new SegmentedMessage(body).segmentsCount
}

/**
 * A message as it is created: with a number it is queued; with a service it is accepted and has neither number nor
 * segments yet.
 * @source Twilio docs, "Outbound Message Status in Status Callbacks", and the note on num_segments
 */
export function outboundMessage(sid: string, request: SendRequest, nowMs: number): CarrierMessage {
  const { serviceSid, sender, body, mediaUrls, sendAtMs } = request
  const ofService = serviceSid !== undefined
  return {
    sid,
    direction: 'outbound-api',
    to: request.to,
    from: sender?.phone ?? null,
    serviceSid: serviceSid ?? null,
    body,
    mediaUrls,
    media: [],
    status: sendAtMs !== undefined ? 'scheduled' : ofService ? 'accepted' : 'queued',
    segments: ofService ? 0 : segmentsOf(body, mediaUrls.length),
    createdMs: nowMs,
    updatedMs: nowMs,
    sentMs: null,
    errorCode: null,
    statusCallback: request.statusCallback ?? null,
    validitySec: request.validitySec,
  }
}

/** A message that a patient wrote. */
export function inboundMessage(
  sid: string,
  from: string,
  sender: Sender,
  body: string,
  media: readonly MessageMedia[],
  nowMs: number,
): CarrierMessage {
  return {
    sid,
    direction: 'inbound',
    to: sender.phone,
    from,
    serviceSid: sender.serviceSid ?? null,
    body,
    mediaUrls: [],
    media,
    status: 'received',
    segments: segmentsOf(body, media.length),
    createdMs: nowMs,
    updatedMs: nowMs,
    sentMs: nowMs,
    errorCode: null,
    statusCallback: null,
    validitySec: 0,
  }
}
