import type { Stack } from 'aws-cdk-lib/core'
import { arnOf } from '../arn.ts'
import { functionsOf } from '../functions.ts'
import { releaseBucketName, roleName } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'
import { allow } from './policy-statement.ts'
import { keyOfBuckets, peopleWithSecondFactor } from './release-rights.ts'
import { role } from './role.ts'

/**
 * Who may take away what no kept release names: people with a second factor, and no machine. Versions alone: the ARN
 * with a qualifier does not fit the function itself, nor an alias that somebody calls.
 * @source AWS Lambda Developer Guide, "Fine-tuning the Resources and Conditions sections of policies" (that DeleteFunction is judged by the qualified ARN is unverified; if it is not, pruning is refused and nothing else)
 */
export function pruneRole(stack: Stack, described: StageDescription): void {
  const { stage, facts, buckets, zones } = described
  const functions = functionsOf(described).map(({ functionName }) =>
    arnOf(described, 'lambda', `function:${functionName}`),
  )
  const assets = zones.map(({ name }) => `arn:aws:s3:::${buckets[name]}`)
  const releases = `arn:aws:s3:::${releaseBucketName(stage, facts)}`
  role(stack, 'Prune', {
    name: roleName(stage, 'prune'),
    trust: {
      Version: '2012-10-17',
      Statement: [peopleWithSecondFactor(described)],
    },
    statements: [
      allow(
        ['lambda:DeleteFunction'],
        functions.map((arn) => `${arn}:*`),
      ),
      allow(
        ['lambda:GetAlias', 'lambda:ListVersionsByFunction'],
        functions.flatMap((arn) => [arn, `${arn}:*`]),
      ),
      allow(['s3:ListBucket'], [...assets, releases]),
      allow(['s3:DeleteObject'], [...assets.map((arn) => `${arn}/*`), `${releases}/artefacts/*`]),
      allow(['s3:GetObject'], `${releases}/*`),
      // Beside releases, one after the other: it takes the same lock.
      allow(['s3:PutObject'], [`${releases}/lock.json`, `${releases}/records/*`]),
      keyOfBuckets(described),
    ],
  })
}
