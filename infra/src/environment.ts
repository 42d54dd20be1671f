import { CARRIER_API } from '@sax/topology'
import type { StageFunction } from './functions.ts'
import { mediaBucketName } from './resource-names.ts'
import { secretId, secrets, secretsReadBy } from './secrets.ts'
import type { StageDescription } from './stage-description.ts'

/**
 * Environment of a function, as far as it is known before anything is made: names, addresses and facts that are no
 * secret. A version keeps the environment it was published with, so that a value in here would come back with a rollback.
 * @source AWS Lambda Developer Guide, "Manage Lambda function versions"
 */
export function environmentOf(described: StageDescription, fn: StageFunction): Readonly<Record<string, string>> {
  return {
    STAGE: described.stage,
    LOG_LEVEL: 'info',
    ...ownOf(described, fn),
    ...Object.fromEntries(
      secretsReadBy(fn.kind).map((name) => [secrets[name].variable, secretId(described.stage, name)]),
    ),
  }
}

function ownOf(described: StageDescription, { kind }: StageFunction): Readonly<Record<string, string>> {
  const { facts, settings, zones } = described
  const [host, ...carried] = zones
  const urlOf = (zone: string) => `${settings.scheme}://${settings.domains[zone]?.name}`
  const carrier = {
    TWILIO_ACCOUNT_SID: facts.twilio.accountSid,
    TWILIO_MESSAGING_SERVICE_SID: facts.twilio.messagingServiceSid,
    // What the carrier calls and signs. The topology knows it before the API is made; see decision 12.
    PUBLIC_WEBHOOK_BASE_URL: settings.apiBaseUrl,
    MEDIA_BUCKET: mediaBucketName(described.stage, facts),
    ...(described.sizes.moods === 'off' ? {} : { SENTIMENT: described.sizes.moods }),
  }
  switch (kind) {
    case 'host-pages':
      return {
        APP_BASE_URL: urlOf(host.name),
        ...Object.fromEntries(carried.map(({ name }) => [`${name.toUpperCase()}_APP_URL`, urlOf(name)])),
        AUTH0_DOMAIN: facts.auth0.domain,
        AUTH0_CLIENT_ID: facts.auth0.clientId,
        USER_CONTEXT_TTL_SEC: '900',
      }
    case 'zone-pages':
      return { [`${host.name.toUpperCase()}_URL`]: urlOf(host.name) }
    case 'backend':
      return carrier
    case 'worker':
      return { ...carrier, TWILIO_API_BASE_URL: `https://${CARRIER_API}` }
    case 'zone-api-routes':
      // What is no backend's address: whoever calls it comes back to whoever called.
      return { PUBLIC_NAMES: publicNames(described).join(',') }
    case 'migrations':
      return {}
  }
}

/** Every name under which people reach the stage, the old ones of its zones among them. */
function publicNames({ settings, zones }: StageDescription): readonly string[] {
  return zones.flatMap(({ name }) => {
    const domain = settings.domains[name]
    return domain === undefined ? [] : [domain.name, ...domain.aliases]
  })
}
