import { saidAboutTexting } from '../../src/domain/revocation-words.ts'

/** That the practice of the sample data texts from. */
export const HARBOR_PHONE = '+16175550100'

/** A text of a patient to it, as the webhook hands it to the store. */
export function receivedText(sid: string, from: string, body: string) {
  return {
    ...{ sid, from, to: HARBOR_PHONE, messagingServiceSid: undefined, body, segmentCount: 1, media: [] },
    said: saidAboutTexting(body),
  }
}
