import { createHash } from 'node:crypto'
import type { ResourceRecordSet } from '@aws-sdk/client-route-53'
import { AwsError } from '../wire/aws-error.ts'
import { absolute, compareNames } from './names.ts'

/** A hosted zone. */
export interface Zone {
  readonly id: string
  /** Absolute, in lower case: ends in a dot. */
  readonly name: string
  readonly accountId: string
  readonly callerReference: string
  readonly comment: string | undefined
  readonly nameServers: readonly string[]
  readonly tags: Map<string, string>
  /** Whether the parent zone names this one's name servers, so that the world sees its records. */
  delegated: boolean
  /** Sorted as Route 53 lists them. */
  records: readonly ResourceRecordSet[]
}

export interface NewZone {
  readonly name: string
  readonly accountId: string
  readonly callerReference: string
  readonly id?: string | undefined
  readonly comment?: string | undefined
  readonly delegated?: boolean | undefined
}

/** All hosted zones of all accounts. */
export class Zones {
  readonly #zones = new Map<string, Zone>()
  #changed = Promise.withResolvers<void>()

  /** Settles when a record or a delegation has changed. */
  get change(): Promise<void> {
    return this.#changed.promise
  }

  create({ name, accountId, callerReference, id, comment, delegated = true }: NewZone): Zone {
    const number = String(this.#zones.size + 1)
    const zoneId = id ?? `Z${createHash('sha256').update(`${name}|${number}`).digest('hex').slice(0, 20).toUpperCase()}`
    const nameServers = nameServersOf(zoneId)
    const absoluteName = absolute(name)
    const zone: Zone = {
      ...{ id: zoneId, name: absoluteName, accountId, callerReference, comment, nameServers, delegated },
      tags: new Map(),
      records: [
        {
          ...{ Name: absoluteName, Type: 'NS' as const, TTL: 172_800 },
          ResourceRecords: nameServers.map((server) => ({ Value: `${server}.` })),
        },
        {
          ...{ Name: absoluteName, Type: 'SOA' as const, TTL: 900 },
          ResourceRecords: [{ Value: `${nameServers[0]}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400` }],
        },
      ],
    }
    this.#zones.set(zoneId, zone)
    this.#tell()
    return zone
  }

  /** @throws AwsError NoSuchHostedZone, also for somebody else's */
  get(accountId: string, id: string): Zone {
    const bare = id.replace(/^\/?hostedzone\//, '')
    const zone = this.#zones.get(bare)
    if (zone?.accountId === accountId) return zone
    throw new AwsError('NoSuchHostedZone', `No hosted zone found with ID: ${bare}`, 404)
  }

  /** Zones of an account as Route 53 lists them by name. */
  of(accountId: string): readonly Zone[] {
    return [...this.#zones.values()]
      .filter((zone) => zone.accountId === accountId)
      .sort((a, b) => compareNames(a.name, b.name) || (a.id < b.id ? -1 : 1))
  }

  all(): readonly Zone[] {
    return [...this.#zones.values()]
  }

  delete(zone: Zone): void {
    this.#zones.delete(zone.id)
    this.#tell()
  }

  replaceRecords(zone: Zone, records: readonly ResourceRecordSet[]): void {
    zone.records = records
    this.#tell()
  }

  /** Says for every zone of that name whether the world is sent to it. */
  delegate(name: string, delegated: boolean): void {
    for (const zone of this.#zones.values()) {
      if (zone.name === absolute(name)) zone.delegated = delegated
    }
    this.#tell()
  }

  /** The delegated zone that answers for a name: the one with the longest matching name. */
  answering(name: string): Zone | undefined {
    const wanted = absolute(name)
    const [closest] = [...this.#zones.values()]
      .filter((zone) => zone.delegated && (wanted === zone.name || wanted.endsWith(`.${zone.name}`)))
      .sort((a, b) => b.name.length - a.name.length)
    return closest
  }

  #tell(): void {
    const { resolve } = this.#changed
    this.#changed = Promise.withResolvers()
    resolve()
  }
}

/** Four name servers, one under each of Route 53's four domains. @source Amazon Route 53 Developer Guide, "NS and SOA records" */
function nameServersOf(id: string): readonly string[] {
  const digest = createHash('sha256').update(id).digest()
  return ['com', 'net', 'org', 'co.uk'].map((domain, i) => {
    const number = i * 512 + (digest.readUInt16BE(i * 2) % 512)
    return `ns-${number}.awsdns-${String(number % 64).padStart(2, '0')}.${domain}`
  })
}
