import type { SecretName } from '@sax/infra/secrets'
import { MIN_SECRET_BYTES } from '@sax/user-context'

/** A field of a stored secret, and what a person is told about it. */
export interface SecretField {
  /** How it is asked for, for example `Twilio auth token`. */
  readonly label: string
  /** What a value looks like; `says` completes "it …". */
  readonly looks: { readonly pattern: RegExp; readonly says: string }
}

/** What is stored under a secret's name: a record of text fields. */
export interface SecretShape {
  readonly fields: Readonly<Record<string, SecretField>>
  /** The field that is in use. */
  readonly main: string
  /** The field that is accepted before it is in use. */
  readonly next?: string
  /** The field that was in use before, and is accepted still. */
  readonly previous?: string
  /** Other fields that a person may give. They are given together or not at all. */
  readonly extra: readonly string[]
  /** What happens to people when a value is replaced without a rotation; completes "then …". */
  readonly replaced: string
  /** True when the value means nothing to anybody else, so that it is made here unless somebody types one. */
  readonly generated: boolean
}

const key = {
  looks: { pattern: new RegExp(`^.{${MIN_SECRET_BYTES},512}$`), says: `has ${MIN_SECRET_BYTES} to 512 letters` },
}
/** @source Twilio documentation, "Auth Tokens and How to Change Them"; the form itself is unverified */
const token = { looks: { pattern: /^[0-9a-f]{32}$/, says: 'is 32 hexadecimal digits in lower case' } }

export const secretShapes: Readonly<Record<SecretName, SecretShape>> = {
  auth0: {
    fields: { clientSecret: { label: "client secret of the application, from Auth0's settings page", ...key } },
    main: 'clientSecret',
    extra: [],
    replaced: 'nobody can sign in until Auth0 has the same value, and for five minutes after that at most',
    generated: false,
  },
  'user-context': {
    fields: {
      current: { label: 'signing secret', ...key },
      next: { label: 'next signing secret', ...key },
      previous: { label: 'signing secret before', ...key },
    },
    main: 'current',
    next: 'next',
    previous: 'previous',
    extra: [],
    replaced: 'every token is refused at once, and everybody has to sign in again',
    generated: true,
  },
  session: {
    fields: {
      current: { label: 'session secret', ...key },
      previous: { label: 'session secret before', ...key },
    },
    main: 'current',
    previous: 'previous',
    extra: [],
    replaced: 'every session ends at once, and everybody has to sign in again',
    generated: true,
  },
  twilio: {
    fields: {
      authToken: { label: "auth token, from Twilio's console", ...token },
      previousAuthToken: { label: 'auth token before', ...token },
      /** @source Twilio documentation, "API keys"; the form of the secret is unverified */
      apiKeySid: {
        label: 'SID of an API key, or nothing',
        looks: { pattern: /^SK[0-9a-f]{32}$/, says: 'is SK and 32 hexadecimal digits' },
      },
      apiKeySecret: {
        label: "that API key's secret",
        looks: { pattern: /^[A-Za-z0-9]{32}$/, says: 'is 32 letters and digits' },
      },
    },
    main: 'authToken',
    previous: 'previousAuthToken',
    extra: ['apiKeySid', 'apiKeySecret'],
    replaced: 'messages from patients that the carrier signs with the old token are refused',
    generated: false,
  },
}

/** One field of a secret. */
export function fieldOf(name: SecretName, key: string): SecretField {
  const field = secretShapes[name].fields[key]
  if (field === undefined) throw new TypeError(`${name} has no field ${key}`)
  return field
}
