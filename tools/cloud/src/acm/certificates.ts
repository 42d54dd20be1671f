import { createHash, randomUUID } from 'node:crypto'
import type { ResourceRecordSet } from '@aws-sdk/client-route-53'
import { absolute } from '../route53/names.ts'
import type { Zones } from '../route53/zones.ts'
import { AwsError } from '../wire/aws-error.ts'

export interface Certificate {
  readonly arn: string
  readonly accountId: string
  readonly domain: string
  /** All names, the first one included. */
  readonly names: readonly string[]
  readonly token: string | undefined
  readonly method: 'DNS' | 'EMAIL'
  readonly requestedAt: Date
  readonly tags: Map<string, string>
  /** Set once every name was seen to be the requester's. */
  issuedAt?: Date
}

/** The record that proves that a name belongs to whoever asks for a certificate. */
export interface ValidationRecord {
  readonly name: string
  readonly value: string
}

/** All certificates of all accounts. They are issued as soon as the world's DNS holds their records. */
export class Certificates {
  readonly #certificates = new Map<string, Certificate>()
  readonly zones: Zones

  constructor(zones: Zones) {
    this.zones = zones
  }

  request(given: Omit<Certificate, 'arn' | 'requestedAt' | 'tags'>, region: string): Certificate {
    const arn = `arn:aws:acm:${region}:${given.accountId}:certificate/${randomUUID()}`
    const certificate = { ...given, arn, requestedAt: new Date(), tags: new Map<string, string>() }
    this.#certificates.set(arn, certificate)
    return certificate
  }

  of(accountId: string): readonly Certificate[] {
    return [...this.#certificates.values()].filter((one) => one.accountId === accountId)
  }

  /** @throws AwsError ResourceNotFoundException */
  get(accountId: string, arn: string): Certificate {
    const certificate = this.#certificates.get(arn)
    if (certificate?.accountId === accountId) return certificate
    throw new AwsError('ResourceNotFoundException', `Could not find certificate ${arn}.`)
  }

  delete(arn: string): void {
    this.#certificates.delete(arn)
  }

  isIssued(certificate: Certificate): boolean {
    if (certificate.issuedAt === undefined && certificate.names.every((name) => this.isProven(certificate, name))) {
      certificate.issuedAt = new Date()
    }
    return certificate.issuedAt !== undefined
  }

  isProven(certificate: Certificate, name: string): boolean {
    if (certificate.method !== 'DNS') return false
    const record = validationRecord(certificate.accountId, name)
    const records = this.zones.answering(record.name)?.records ?? []
    return records.some((present) => proves(present, record))
  }
}

function proves({ Name, Type, ResourceRecords }: ResourceRecordSet, { name, value }: ValidationRecord): boolean {
  return Name === name && Type === 'CNAME' && absolute(ResourceRecords?.[0]?.Value ?? '') === value
}

/**
 * The same for every certificate of an account and name; a wildcard shares the one of its domain.
 * @source AWS Certificate Manager User Guide, "AWS Certificate Manager DNS validation"
 */
export function validationRecord(accountId: string, name: string): ValidationRecord {
  const domain = name.replace(/^\*\./, '')
  const hash = (salt: string) =>
    createHash('sha256').update(`${salt} ${accountId} ${domain}`).digest('hex').slice(0, 32)
  return {
    name: absolute(`_${hash('name')}.${domain}`),
    value: `_${hash('value')}.${hash('zone').slice(0, 10)}.acm-validations.aws.`,
  }
}
