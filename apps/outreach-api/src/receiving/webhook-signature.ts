import { validateRequest } from 'twilio/lib/webhooks/webhooks.js'

/** Fields of a form, in the carrier's sense: a name that comes twice has both values. */
export type FormFields = Readonly<Record<string, string | readonly string[]>>

/** A form as it was sent. `undefined` when it is none. */
export function fieldsOf(contentType: string | undefined, body: string): FormFields | undefined {
  if (contentType?.split(';')[0]?.trim().toLowerCase() !== 'application/x-www-form-urlencoded') return undefined
  const fields = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(body)) {
    const values = fields.get(name)
    if (values === undefined) fields.set(name, [value])
    // Added to, not written anew: nobody has signed yet, and a form can hold one name thirty thousand times.
    else values.push(value)
  }
  return Object.fromEntries(
    [...fields].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  )
}

/**
 * Whether the carrier sent this, to this address. `url` is the public one, with its query: what a request says of its own
 * host proves nothing. Every field counts, those that we do not know too. `tokens`: the one in use and, during a
 * rotation, the one before.
 * @source Twilio documentation, "Webhooks Security" (signature over URL and sorted fields)
 */
export function isFromCarrier(
  {
    url,
    signature,
    fields,
  }: { readonly url: string; readonly signature: string | undefined; readonly fields: FormFields },
  tokens: readonly string[],
): boolean {
  if (!signature) return false
  return tokens.some((token) => validateRequest(token, signature, url, fields))
}
