import * as sdk from '@aws-sdk/client-acm'
import { type Handlers, type OwnApi, ownApi } from '../server/own-api.ts'
import { AwsError } from '../wire/aws-error.ts'
import { jsonProtocol } from '../wire/json-protocol.ts'
import { operationsOf } from '../wire/operations.ts'
import { pageOf } from '../wire/page.ts'
import { type Certificate, type Certificates, validationRecord } from './certificates.ts'

const operations = operationsOf(sdk)

/** Names a certificate may have without asking AWS for more. @source AWS Certificate Manager User Guide, "Quotas" */
const MAX_NAMES = 10
const NAME = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i

/**
 * Certificate Manager. Own, because moto issues certificates by the passing of time, without any proof.
 * @param usersOf ARNs of what uses a certificate
 * @source AWS Certificate Manager API Reference
 */
export function acm(certificates: Certificates, usersOf: (arn: string) => readonly string[]): OwnApi {
  const handlers: Handlers<sdk.ACM> = {
    requestCertificate: (input, { accountId, region }) => {
      const {
        DomainName = '',
        SubjectAlternativeNames = [],
        IdempotencyToken: token,
        ValidationMethod = 'EMAIL',
      } = input
      const names = [...new Set([DomainName, ...SubjectAlternativeNames])]
      const wrong = names.find((name) => !NAME.test(name))
      if (wrong !== undefined)
        throw new AwsError('InvalidDomainValidationOptionsException', `${wrong} is no domain name.`)
      if (names.length > MAX_NAMES) {
        throw new AwsError('LimitExceededException', `A certificate may have ${MAX_NAMES} names, not ${names.length}.`)
      }
      const same = certificates
        .of(accountId)
        .find((one) => token !== undefined && one.token === token && one.names.join() === names.join())
      if (same !== undefined) return { CertificateArn: same.arn }
      const method = ValidationMethod === 'DNS' ? 'DNS' : 'EMAIL'
      const made = certificates.request({ accountId, domain: DomainName, names, token, method }, region)
      for (const { Key = '', Value = '' } of input.Tags ?? []) made.tags.set(Key, Value)
      return { CertificateArn: made.arn }
    },
    describeCertificate: ({ CertificateArn = '' }, { accountId }) => ({
      Certificate: described(certificates, certificates.get(accountId, CertificateArn), usersOf),
    }),
    listCertificates: ({ CertificateStatuses, MaxItems, NextToken }, { accountId }) => {
      const all = certificates
        .of(accountId)
        .map((one) => described(certificates, one, usersOf))
        .filter(({ Status = 'ISSUED' }) => CertificateStatuses === undefined || CertificateStatuses.includes(Status))
      const { items, next } = pageOf(all, MaxItems ?? 100, NextToken, 'InvalidArgsException')
      return {
        CertificateSummaryList: items.map((one) => ({
          ...{ CertificateArn: one.CertificateArn, DomainName: one.DomainName, Status: one.Status, Type: one.Type },
          ...{ KeyAlgorithm: one.KeyAlgorithm, SubjectAlternativeNameSummaries: one.SubjectAlternativeNames },
          ...{ InUse: (one.InUseBy?.length ?? 0) > 0, CreatedAt: one.CreatedAt, IssuedAt: one.IssuedAt },
        })),
        NextToken: next,
      }
    },
    deleteCertificate: ({ CertificateArn = '' }, { accountId }) => {
      certificates.get(accountId, CertificateArn)
      const [user] = usersOf(CertificateArn)
      if (user !== undefined) {
        throw new AwsError('ResourceInUseException', `Certificate ${CertificateArn} is in use by ${user}.`)
      }
      certificates.delete(CertificateArn)
      return {}
    },
    listTagsForCertificate: ({ CertificateArn = '' }, { accountId }) => ({
      Tags: [...certificates.get(accountId, CertificateArn).tags].map(([Key, Value]) => ({ Key, Value })),
    }),
    addTagsToCertificate: ({ CertificateArn = '', Tags = [] }, { accountId }) => {
      const { tags } = certificates.get(accountId, CertificateArn)
      for (const { Key = '', Value = '' } of Tags) tags.set(Key, Value)
      return {}
    },
    removeTagsFromCertificate: ({ CertificateArn = '', Tags = [] }, { accountId }) => {
      const { tags } = certificates.get(accountId, CertificateArn)
      for (const { Key = '' } of Tags) tags.delete(Key)
      return {}
    },
  }
  return ownApi('acm', jsonProtocol('1.1'), operations, handlers)
}

function described(
  certificates: Certificates,
  one: Certificate,
  usersOf: (arn: string) => readonly string[],
): sdk.CertificateDetail {
  const issued = certificates.isIssued(one)
  return {
    ...{ CertificateArn: one.arn, DomainName: one.domain, SubjectAlternativeNames: [...one.names] },
    ...{ Type: 'AMAZON_ISSUED', Status: issued ? 'ISSUED' : 'PENDING_VALIDATION', KeyAlgorithm: 'RSA_2048' },
    ...{ CreatedAt: one.requestedAt, RenewalEligibility: 'INELIGIBLE', InUseBy: [...usersOf(one.arn)] },
    ...(one.issuedAt === undefined ? {} : { IssuedAt: one.issuedAt }),
    DomainValidationOptions: one.names.map((name) => {
      const { name: Name, value: Value } = validationRecord(one.accountId, name)
      return {
        ...{ DomainName: name, ValidationDomain: name, ValidationMethod: one.method },
        ValidationStatus: issued || certificates.isProven(one, name) ? 'SUCCESS' : 'PENDING_VALIDATION',
        ...(one.method === 'DNS' ? { ResourceRecord: { Name, Type: 'CNAME' as const, Value } } : {}),
      }
    }),
  }
}
