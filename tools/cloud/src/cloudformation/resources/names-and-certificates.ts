import { isDeepStrictEqual } from 'node:util'
import type { ResourceRecordSet } from '@aws-sdk/client-route-53'
import { validationRecord } from '../../acm/certificates.ts'
import { changedRecords, isSame, normalized } from '../../route53/change-records.ts'
import { absolute } from '../../route53/names.ts'
import type { Zone } from '../../route53/zones.ts'
import { AwsError } from '../../wire/aws-error.ts'
import type { JsonObject } from '../engine/template.ts'
import { given, type Kind, tagsOf, text, type Work } from './kind.ts'

/**
 * A record that is there already is taken over when it is the very same, and stands in the way otherwise.
 * @source AWS CloudFormation Template Reference, "AWS::Route53::RecordSet"; the taking over: aws-cloudformation/cloudformation-coverage-roadmap issue 560 (second hand); no drift: issue 1681
 */
export const recordSet: Kind = {
  type: 'AWS::Route53::RecordSet',
  drift: false,
  importable: false,
  create: async (properties, work) => {
    const zone = zoneOf(properties, work)
    const record = recordOf(properties)
    const present = zone.records.find((other) => isSame(other, record))
    if (present === undefined || !isDeepStrictEqual(present, record)) {
      work.world.zones.replaceRecords(zone, changedRecords(zone, [{ Action: 'CREATE', ResourceRecordSet: record }]))
    }
    return { id: text(properties, 'Name').replace(/\.$/, ''), attributes: {} }
  },
  update: async (_current, properties, before, work) => {
    const zone = zoneOf(properties, work)
    const old = recordOf(before)
    const rest = zone.records.filter((other) => !isSame(other, old))
    const change = { Action: 'UPSERT' as const, ResourceRecordSet: recordOf(properties) }
    work.world.zones.replaceRecords(zone, changedRecords({ ...zone, records: rest }, [change]))
    return {}
  },
  delete: async (_current, properties, work) => {
    const zone = zoneOf(properties, work)
    const record = recordOf(properties)
    work.world.zones.replaceRecords(
      zone,
      zone.records.filter((other) => !isSame(other, record)),
    )
  },
}

/**
 * Waits until the certificate is issued; where a hosted zone is named, the record that proves the name is written there.
 * Whether existing certificates can be brought into a stack is unverified, so they cannot.
 * @source AWS CloudFormation Template Reference, "AWS::CertificateManager::Certificate"
 */
export const certificate: Kind = {
  type: 'AWS::CertificateManager::Certificate',
  drift: false,
  importable: false,
  create: async (properties, work) => {
    const { accountId, world, region } = work
    const domain = text(properties, 'DomainName')
    const others = Array.isArray(properties.SubjectAlternativeNames)
      ? properties.SubjectAlternativeNames.map(String)
      : []
    const names = [...new Set([domain, ...others])]
    const method = text(properties, 'ValidationMethod') === 'DNS' ? 'DNS' : 'EMAIL'
    const made = world.certificates.request({ accountId, domain, names, method, token: undefined }, region)
    for (const { Key, Value } of tagsOf(properties)) made.tags.set(Key, Value)
    for (const name of names) prove(name, properties, work)
    while (!world.certificates.isIssued(made)) await changeOrAbort(work)
    return { id: made.arn, attributes: { CertificateArn: made.arn } }
  },
  delete: async ({ id }, _properties, { world }) => world.certificates.delete(id),
}

function prove(name: string, { DomainValidationOptions: options }: JsonObject, work: Work): void {
  const { name: Name, value: Value } = validationRecord(work.accountId, name)
  work.say(`Content of DNS Record is: {Name: ${Name},Type: CNAME,Value: ${Value}}`)
  const own = (Array.isArray(options) ? options : []).find(({ DomainName }) => DomainName === name)
  if (own?.HostedZoneId === undefined) return
  const zone = work.world.zones.get(work.accountId, own.HostedZoneId)
  const ResourceRecordSet = { Name, Type: 'CNAME' as const, TTL: 300, ResourceRecords: [{ Value }] }
  work.world.zones.replaceRecords(zone, changedRecords(zone, [{ Action: 'UPSERT', ResourceRecordSet }]))
}

/** Settles when a record or a delegation has changed. @throws Error when the work is given up */
async function changeOrAbort({ world, signal }: Work): Promise<void> {
  signal.throwIfAborted()
  const { promise, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  await Promise.race([world.zones.change, promise]).finally(() => signal.removeEventListener('abort', abort))
}

function zoneOf({ HostedZoneId, HostedZoneName }: JsonObject, { world, accountId }: Work): Zone {
  if (HostedZoneId !== undefined) return world.zones.get(accountId, String(HostedZoneId))
  const named = world.zones.of(accountId).filter(({ name }) => name === absolute(String(HostedZoneName)))
  const [only] = named
  if (only !== undefined && named.length === 1) return only
  throw new AwsError(
    'InvalidRequest',
    `Found ${named.length} hosted zones named ${HostedZoneName}; name one by its id.`,
  )
}

function recordOf(properties: JsonObject): ResourceRecordSet {
  const { ResourceRecords, TTL, AliasTarget, SetIdentifier } = properties
  const target = AliasTarget as ResourceRecordSet['AliasTarget']
  return normalized({
    Name: text(properties, 'Name'),
    Type: text(properties, 'Type') as NonNullable<ResourceRecordSet['Type']>,
    ...given({
      TTL: TTL === undefined ? undefined : Number(TTL),
      ResourceRecords: Array.isArray(ResourceRecords)
        ? ResourceRecords.map((Value) => ({ Value: String(Value) }))
        : undefined,
      AliasTarget:
        target === undefined
          ? undefined
          : { ...target, EvaluateTargetHealth: String(target.EvaluateTargetHealth ?? false) === 'true' },
      SetIdentifier: SetIdentifier as string | undefined,
    }),
  } as ResourceRecordSet)
}
