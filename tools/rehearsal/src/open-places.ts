import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import type { Cloud } from '@sax/cloud'
import type { AccountFacts, DeployedStage } from '@sax/infra/account-facts'
import type { Logger } from '@sax/logging'
import { stages } from '@sax/topology'
import type { Closing } from './closing.ts'
import { type AwsSettings, openFrontDoor } from './front-door.ts'
import { identityServer } from './identity.ts'
import { accountNames } from './names/name-facts.ts'
import { type Place, placeOf } from './names/places.ts'
import { remembered } from './names/remembered.ts'
import { toPort, toServer } from './tls/destinations.ts'
import type { Destination } from './tls/tls-world.ts'

export interface PlacesOptions {
  readonly stage: DeployedStage
  readonly facts: AccountFacts
  readonly cloud: Cloud
  readonly aws: AwsSettings
  readonly dataDir: string
  /** The stage's client secret at the identity provider. */
  readonly clientSecret: string
  /** Public address of the host. */
  readonly hostUrl: string
  readonly carrier: { readonly name: string; readonly server: Server }
  readonly logTo: (service: string) => Logger
  readonly closing: Closing
}

/** DNS is asked again after so long, also when nobody was heard to change anything. */
const NAMES_AGE_MS = 1000

/** Opens what answers under the stage's names, and tells where each of them leads. */
export async function openPlaces(options: PlacesOptions): Promise<(name: string) => Promise<Destination | undefined>> {
  const { stage, facts, cloud, aws, dataDir, clientSecret, hostUrl, carrier, logTo, closing } = options
  const { functions } = cloud
  if (functions === undefined) throw new TypeError('the cloud runs no functions')
  const functionsUrl = new URL(`http://${functions.address}`)
  // A call counts when it was answered: what it changes is there by then.
  const changes = () => cloud.calls().filter((call) => call.changes && call.status !== 0).length

  const door = openFrontDoor({
    ...{ aws, accountId: facts.accountId, changes, log: logTo('front-door'), newId: randomUUID, nowMs: Date.now },
    functions: { url: functionsUrl, key: functions.frontDoor },
  })
  closing.add(door.close)
  const identity = await identityServer({
    ...{ domain: facts.auth0.domain, clientId: facts.auth0.clientId, clientSecret, appBaseUrl: hostUrl },
    ...{ dataDir, log: logTo('identity-provider'), nowMs: Date.now },
  })
  closing.add(() => identity.closeAllConnections())
  const names = accountNames(aws, cloud.dnsServer)
  closing.add(names.close)

  const known = {
    identityProvider: facts.auth0.domain,
    carrier: carrier.name,
    region: stages[stage].region,
    distributions: door.distributions,
  }
  const placeOfName = remembered((name) => placeOf(name, { ...names, ...known }), {
    ...{ changes, nowMs: Date.now, maxAgeMs: NAMES_AGE_MS },
  })
  const destinations: Readonly<Record<Place, Destination>> = {
    'front-door': toServer(door.server),
    'identity-provider': toServer(identity),
    carrier: toServer(carrier.server),
    functions: toPort(Number(functionsUrl.port)),
  }
  return async (name) => {
    const place = await placeOfName(name)
    return place && destinations[place]
  }
}
