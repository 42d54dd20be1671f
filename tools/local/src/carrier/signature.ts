import { createHmac } from 'node:crypto'

/**
 * The value of `X-Twilio-Signature`: base64 of the HMAC-SHA1, under the auth token, of the address and then every
 * parameter's name and value in the order of their names.
 * @source Twilio docs, "Webhooks security"; twilio/lib/webhooks validates it in the tests
 */
export function signatureOf(authToken: string, url: string, parameters: Readonly<Record<string, string>>): string {
  const signed = Object.keys(parameters)
    .sort()
    .reduce((text, name) => text + name + parameters[name], url)
  return createHmac('sha1', authToken).update(signed, 'utf8').digest('base64')
}
