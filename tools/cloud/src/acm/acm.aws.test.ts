import {
  ACMClient,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  ListCertificatesCommand,
  RequestCertificateCommand,
  type RequestCertificateCommandInput,
} from '@aws-sdk/client-acm'
import { ChangeResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { asOwner, asSomebody, refusal } from '../../test/clients.ts'
import { type Cloud, startCloud } from '../index.ts'

let cloud: Cloud
let acm: ACMClient
beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333', hostedZones: [{ domain: 'example.com' }] })
  acm = new ACMClient(asOwner(cloud))
})
afterAll(() => cloud.stop())
beforeEach(() => cloud.reset())

const request = async (more: Partial<RequestCertificateCommandInput> = {}) => {
  const input = { DomainName: 'www.example.com', ValidationMethod: 'DNS' as const, ...more }
  const { CertificateArn = '' } = await acm.send(new RequestCertificateCommand(input))
  return CertificateArn
}
const look = async (CertificateArn: string) =>
  (await acm.send(new DescribeCertificateCommand({ CertificateArn }))).Certificate ?? {}
/** Writes the records that prove names, all of them unless some are named, into the hosted zone. */
const prove = async (arn: string, names?: readonly string[]) => {
  const { DomainValidationOptions = [] } = await look(arn)
  const wanted = DomainValidationOptions.filter(({ DomainName = '' }) => names?.includes(DomainName) ?? true)
  const Changes = wanted.map(({ ResourceRecord }) => ({
    Action: 'UPSERT' as const,
    ResourceRecordSet: {
      ...{ Name: ResourceRecord?.Name, Type: 'CNAME' as const, TTL: 300 },
      ResourceRecords: [{ Value: ResourceRecord?.Value }],
    },
  }))
  const HostedZoneId = cloud.hostedZone('example.com').id
  await new Route53Client(asOwner(cloud)).send(
    new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }),
  )
}

test('a certificate waits until the records of all its names are in a zone that the world is sent to', async () => {
  const arn = await request({ SubjectAlternativeNames: ['api.example.com'] })
  expect(await look(arn)).toMatchObject({
    Status: 'PENDING_VALIDATION',
    DomainValidationOptions: [
      { DomainName: 'www.example.com', ValidationStatus: 'PENDING_VALIDATION', ResourceRecord: { Type: 'CNAME' } },
      { DomainName: 'api.example.com', ValidationStatus: 'PENDING_VALIDATION' },
    ],
  })
  await prove(arn, ['www.example.com'])
  expect(await look(arn)).toMatchObject({
    Status: 'PENDING_VALIDATION',
    DomainValidationOptions: [{ ValidationStatus: 'SUCCESS' }, { ValidationStatus: 'PENDING_VALIDATION' }],
  })
  cloud.delegate('example.com', false)
  await prove(arn)
  expect((await look(arn)).Status).toBe('PENDING_VALIDATION')
  cloud.delegate('example.com', true)
  expect(await look(arn)).toMatchObject({ Status: 'ISSUED', IssuedAt: expect.any(Date) })
  // What was issued stays so.
  cloud.delegate('example.com', false)
  expect((await look(arn)).Status).toBe('ISSUED')
})

test('a name is proven by the same record each time, a wildcard by that of its domain', async () => {
  const names = await Promise.all([
    request(),
    request({ IdempotencyToken: 'other' }),
    request({ DomainName: '*.www.example.com' }),
  ])
  const records = await Promise.all(
    names.map(async (arn) => (await look(arn)).DomainValidationOptions?.[0]?.ResourceRecord?.Name),
  )
  expect(new Set(records).size).toBe(1)
  expect(records[0]).toMatch(/^_[0-9a-f]{32}\.www\.example\.com\.$/)
})

test('asking again with the same token gives the same certificate', async () => {
  const first = await request({ IdempotencyToken: 'once' })
  expect(await request({ IdempotencyToken: 'once' })).toBe(first)
  expect(await request({ IdempotencyToken: 'twice' })).not.toBe(first)
})

test('certificates are listed by their state', async () => {
  const issued = await request()
  await prove(issued)
  await request({ DomainName: 'other.example.com' })
  const { CertificateSummaryList = [] } = await acm.send(
    new ListCertificatesCommand({ CertificateStatuses: ['ISSUED'] }),
  )
  expect(CertificateSummaryList.map(({ CertificateArn }) => CertificateArn)).toEqual([issued])
})

test.each<[why: string, more: Partial<RequestCertificateCommandInput>, code: string]>([
  ['no domain name', { DomainName: 'no domain' }, 'InvalidDomainValidationOptionsException'],
  [
    'eleven names',
    { SubjectAlternativeNames: Array.from({ length: 10 }, (_, i) => `n${i}.example.com`) },
    'LimitExceededException',
  ],
])('%s is refused', async (_why, more, code) => {
  expect(await refusal(request(more))).toMatchObject({ name: code })
})

test("another account's certificate is not found", async () => {
  const arn = await request()
  const other = new ACMClient(asSomebody(cloud.envOf({ accountId: '444455556666' })))
  expect(await refusal(other.send(new DeleteCertificateCommand({ CertificateArn: arn })))).toMatchObject({
    name: 'ResourceNotFoundException',
  })
  await acm.send(new DeleteCertificateCommand({ CertificateArn: arn }))
  expect(await refusal(look(arn))).toMatchObject({ name: 'ResourceNotFoundException' })
})
