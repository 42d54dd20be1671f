import { stages } from '@sax/topology'
import type { Cloud } from '../cloud.ts'
import type { Obstacle } from '../find-existing.ts'
import { templateBucketName } from '../store-template.ts'
import { type Asked, factsOf, missingOf } from './asked.ts'

const GITHUB = 'token.actions.githubusercontent.com'

/** A name that leads elsewhere already cannot be created; CloudFormation takes over only what is the same. @throws AwsFailure */
export async function takenNames({ route53, cloudFront }: Cloud, asked: Asked): Promise<readonly Obstacle[]> {
  const names = new Map(
    missingOf(asked, 'AWS::Route53::RecordSet').map(({ Name, HostedZoneId }) => [String(Name), String(HostedZoneId)]),
  )
  if (names.size === 0) return []
  const distributions = await cloudFront.distributions()
  const found = await Promise.all(
    [...names].map(async ([name, hostedZoneId]): Promise<readonly Obstacle[]> => {
      // A hosted zone that is not there is an obstacle of its own.
      if ((await route53.hostedZone(hostedZoneId)) === undefined) return []
      const holder = distributions.find(({ aliases }) => aliases.includes(name))
      const other = (await route53.records(hostedZoneId, name)).find(
        ({ type, aliasOf, evaluatesTargetHealth }) =>
          type === 'CNAME' ||
          (['A', 'AAAA'].includes(type) &&
            (aliasOf === undefined || aliasOf !== holder?.domainName || evaluatesTargetHealth)),
      )
      if (other === undefined) return []
      const leads = other.aliasOf ?? (other.values.join(', ') || 'elsewhere')
      return [
        {
          why: `${name} has a DNS record already (${other.type}, to ${leads}), which the stack can neither make nor take over.`,
          next: `When you are ready to move ${name} here, delete that record and run this again at once: aws route53 change-resource-record-sets.`,
        },
      ]
    }),
  )
  return found.flat()
}

/** Names of buckets are the whole world's. @throws AwsFailure */
export async function takenBuckets({ templateBucket }: Cloud, asked: Asked): Promise<readonly Obstacle[]> {
  const { stage, facts } = asked
  const buckets = [
    templateBucketName(stages[stage].region, stage, facts.accountId),
    ...missingOf(asked, 'AWS::S3::Bucket').map(({ BucketName }) => String(BucketName)),
  ]
  const owners = await Promise.all(
    buckets.map(async (bucket) => ({ bucket, owner: await templateBucket.ownerOf(bucket) })),
  )
  return owners
    .filter(({ owner }) => owner === 'somebody else')
    .map(({ bucket }) => ({
      why: `The bucket ${bucket} belongs to another account, or these credentials may not see it.`,
      next: 'If it is yours, sign in with a role that may list it; else give it another name in packages/topology/src/stages.ts.',
    }))
}

/** An account trusts an issuer once. @throws AwsFailure */
export async function gitHubProvider({ identityProviders }: Cloud, asked: Asked): Promise<readonly Obstacle[]> {
  const { stage, facts } = asked
  if (facts.github === undefined) return []
  const { provider } = facts.github
  const exists = await identityProviders.exists(facts.accountId, GITHUB)
  if (provider === 'create' && exists && missingOf(asked, 'AWS::IAM::OIDCProvider').length > 0) {
    return [
      {
        why: `The account trusts GitHub already, and can do so only once; the facts of ${stage} want it made.`,
        next: `Set "provider": "exists" under "github" in ${factsOf(stage)}.`,
      },
    ]
  }
  if (provider === 'exists' && !exists) {
    return [
      {
        why: `The facts of ${stage} say that the account trusts GitHub already, and it does not.`,
        next: `Set "provider": "create" under "github" in ${factsOf(stage)}.`,
      },
    ]
  }
  return []
}
