import { stages } from '@sax/topology'
import type { Cloud } from '../cloud.ts'
import type { Obstacle } from '../find-existing.ts'
import { type Asked, factsOf } from './asked.ts'

/** In another account every other question would be about other things, so this one comes first. @throws AwsFailure */
export async function wrongAccount(
  { identity }: Pick<Cloud, 'identity'>,
  { stage, facts }: Pick<Asked, 'stage' | 'facts'>,
): Promise<readonly Obstacle[]> {
  const accountId = await identity.accountId()
  if (accountId === facts.accountId) return []
  return [
    {
      why: `These credentials belong to account ${accountId}; ${stage} lives in ${facts.accountId}.`,
      next: `Sign in to ${facts.accountId} (AWS_PROFILE), or correct ${factsOf(stage)}.`,
    },
  ]
}

/** Ours is always the stage's region; a shell set to another one would have the next command look elsewhere. */
export function wrongRegion({ stage, shellRegion }: Asked): readonly Obstacle[] {
  const { region } = stages[stage]
  if (shellRegion === undefined || shellRegion === region) return []
  return [
    {
      why: `The shell is set to ${shellRegion}; ${stage} lives in ${region}, where CloudFront takes its certificates and firewalls from.`,
      next: `Set AWS_REGION=${region}, or unset it.`,
    },
  ]
}

/** A database is reached only from its own network, and its names belong together: a digit that is wrong in one of them is well-formed. */
export function foreignDatabase({ stage, facts }: Asked): readonly Obstacle[] {
  if (facts.database === undefined) return []
  const { clusterArn, adminSecretArn, host } = facts.database
  const { region } = stages[stage]
  const [, , , clusterRegion, clusterAccount, , clusterName] = clusterArn.split(':')
  if (clusterRegion !== region || clusterAccount !== facts.accountId) {
    return [
      {
        why: `The database lies in ${clusterRegion}, account ${clusterAccount}; the functions of ${stage} in ${region}, account ${facts.accountId}.`,
        next: `Name a cluster of the same account and region in ${factsOf(stage)}, or leave "database" out.`,
      },
    ]
  }
  const [, , , secretRegion, secretAccount] = adminSecretArn.split(':')
  const strangers = [
    ...(secretRegion === region && secretAccount === facts.accountId
      ? []
      : [`adminSecretArn names a secret in ${secretRegion}, account ${secretAccount}`]),
    ...(host.startsWith(`${clusterName}.cluster-`) && host.endsWith(`.${region}.rds.amazonaws.com`)
      ? []
      : [`host is ${host}, and not of ${clusterName} in ${region}`]),
  ]
  return strangers.map((what) => ({
    why: `The names of the database of ${stage} do not belong together: ${what}.`,
    next: `Correct ${factsOf(stage)}: aws rds describe-db-clusters --db-cluster-identifier ${clusterName} shows all of them.`,
  }))
}
