import type { Finding } from '../finding.ts'
import type { LintModel } from '../model.ts'

interface LifecycleRule {
  readonly Status?: unknown
  readonly ExpirationInDays?: unknown
  readonly ExpirationDate?: unknown
}

/** Files of a zone are named by open tabs and by releases one may go back to: their age says nothing about that. */
export function expiringAssets({ distributions, templates }: LintModel): readonly Finding[] {
  const origins = distributions.flatMap(({ distribution }) => [...distribution.origins.values()])
  return templates.flatMap(({ file, resources }) =>
    resources.flatMap(({ logicalId, type, properties }): readonly Finding[] => {
      if (type !== 'AWS::S3::Bucket' || !expires(properties.LifecycleConfiguration)) return []
      const isAsked = origins.some(
        ({ domainName }) =>
          domainName.startsWith(`${logicalId}.`) || domainName.startsWith(`${properties.BucketName}.`),
      )
      if (!isAsked) return []
      return [
        {
          rule: 'expiring-assets',
          severity: 'error',
          witness: '/',
          file,
          where: `${file}: ${logicalId}`,
          why: 'The bucket deletes current files by their age: tabs opened before, and a release one goes back to, lose their scripts.',
          fix: 'Expire noncurrent versions only; collect files that no kept release names.',
        },
      ]
    }),
  )
}

function expires(configuration: unknown): boolean {
  if (typeof configuration !== 'object' || configuration === null || !('Rules' in configuration)) return false
  const rules = Array.isArray(configuration.Rules) ? (configuration.Rules as readonly LifecycleRule[]) : []
  return rules.some(
    ({ Status, ExpirationInDays, ExpirationDate }) =>
      Status === 'Enabled' && (ExpirationInDays !== undefined || ExpirationDate !== undefined),
  )
}
