import { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront'
import { CfnOIDCProvider, type CfnRole } from 'aws-cdk-lib/aws-iam'
import type { Stack } from 'aws-cdk-lib/core'
import type { DeployedStage } from '../account-facts.ts'
import { arnOf, roleArn } from '../arn.ts'
import { functionsOf } from '../functions.ts'
import { apiLogGroupName, releaseBucketName, roleName, stackName } from '../resource-names.ts'
import { secretId, secretNames } from '../secrets.ts'
import type { StageDescription } from '../stage-description.ts'
import { secretArnEnd } from './function-role.ts'
import { allow, type Statement } from './policy-statement.ts'
import { keyOfBuckets, peopleWithSecondFactor } from './release-rights.ts'
import { role } from './role.ts'
import { resourcesOf, type TopologyResources } from './topology-resources.ts'

const ISSUER = 'token.actions.githubusercontent.com'
const AUDIENCE = 'sts.amazonaws.com'

/** Who may release: people of the account with a second factor, and one branch of one repository, each in the one role. */
export function deployRoles(stack: Stack, described: StageDescription, site: TopologyResources): void {
  const { facts, stage } = described
  const github = facts.github === undefined ? undefined : githubRole(stack, described, facts.github)
  const deploy = role(stack, 'Deploy', {
    name: roleName(stage, 'deploy'),
    trust: {
      Version: '2012-10-17',
      Statement: [
        peopleWithSecondFactor(described),
        ...(github === undefined
          ? []
          : [
              {
                Effect: 'Allow',
                Principal: { AWS: roleArn(described, roleName(stage, 'github')) },
                Action: 'sts:AssumeRole',
              },
            ]),
      ],
    },
    statements: release(described, site),
  })
  // IAM takes no trust in a role that does not exist.
  if (github !== undefined) deploy.addResourceDependency(github)
}

/**
 * What a release does, and nothing that takes anything away: bring code, publish it, try it, move the alias; put files
 * beside the old ones; have edges forget; write down how it went. It may know that a secret is there, and not what it is.
 */
function release(described: StageDescription, site: TopologyResources): readonly Statement[] {
  const { stage, facts, buckets, zones } = described
  const functions = functionsOf(described)
  const unqualified = functions.map(({ functionName }) => arnOf(described, 'lambda', `function:${functionName}`))
  const bucketArns = [...zones.map(({ name }) => buckets[name]), releaseBucketName(stage, facts)].map(
    (name) => `arn:aws:s3:::${name}`,
  )
  const groups = [...new Set(functions.map(({ logs }) => logs.name)), apiLogGroupName(stage)]
  const distributions = resourcesOf(site, CfnDistribution.isCfnDistribution).map(
    ([, { ref }]) => `arn:aws:cloudfront::${facts.accountId}:distribution/${ref}`,
  )
  return [
    allow(['lambda:UpdateFunctionCode', 'lambda:PublishVersion', 'lambda:UpdateAlias'], unqualified),
    allow(
      [
        'lambda:GetAlias',
        'lambda:GetFunction',
        'lambda:GetFunctionConfiguration',
        'lambda:GetFunctionUrlConfig',
        'lambda:InvokeFunction',
        'lambda:ListVersionsByFunction',
      ],
      unqualified.flatMap((arn) => [arn, `${arn}:*`]),
    ),
    allow(
      ['s3:PutObject', 's3:GetObject'],
      bucketArns.map((arn) => `${arn}/*`),
    ),
    // The look through the public names also asks whether the buckets are closed to the public.
    allow(['s3:ListBucket', 's3:GetBucketPublicAccessBlock'], bucketArns),
    // Where an API has no name of its own, its address is found in the list of all, which is one resource of no account.
    // @source Service Authorization Reference, "Amazon API Gateway Management V2" (GET, resource type Apis)
    allow(['apigateway:GET'], `arn:aws:apigateway:${described.settings.region}::/apis`),
    keyOfBuckets(described),
    allow(['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation', 'cloudfront:GetDistribution'], distributions),
    allow(
      ['logs:FilterLogEvents', 'logs:GetLogEvents', 'logs:DescribeLogStreams'],
      groups.map((name) => arnOf(described, 'logs', `log-group:${name}:*`)),
    ),
    // Of which alarms is asked by name; IAM judges the list as a whole (unverified, hence all of the account's).
    allow(['cloudwatch:DescribeAlarms'], arnOf(described, 'cloudwatch', 'alarm:*')),
    allow(
      ['cloudformation:DescribeStacks', 'cloudformation:ListStackResources'],
      (['backend', 'site'] as const).map((part) =>
        arnOf(described, 'cloudformation', `stack/${stackName(stage, part)}/*`),
      ),
    ),
    allow(
      ['secretsmanager:DescribeSecret'],
      secretNames.map((name) => arnOf(described, 'secretsmanager', secretArnEnd(secretId(stage, name)))),
    ),
  ]
}

/**
 * Environments whose runs may act in a stage: its own, and that of the stage after it. A promotion reads the one stage
 * and changes the other, and a run at GitHub has one environment.
 */
function environmentsFor(stage: DeployedStage): readonly DeployedStage[] {
  const order = ['develop', 'staging', 'production'] as const
  return order.slice(order.indexOf(stage)).slice(0, 2)
}

/**
 * The role that a run at GitHub takes on. Its subject names repository, branch and environment, so that neither another
 * branch nor a pull request fits; the repository has to be told to write it that way: `include_claim_keys` repo, ref,
 * environment. The role may do one thing: become the deploy role.
 * @source GitHub Docs, "OpenID Connect reference" (Customizing the subject claims); AWS IAM User Guide, "Create an OpenID Connect (OIDC) identity provider in IAM"
 */
function githubRole(
  stack: Stack,
  described: StageDescription,
  { repository, branch, provider }: NonNullable<StageDescription['facts']['github']>,
): CfnRole {
  const { stage, facts } = described
  const made = role(stack, 'Github', {
    name: roleName(stage, 'github'),
    trust: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::${facts.accountId}:oidc-provider/${ISSUER}` },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              [`${ISSUER}:aud`]: AUDIENCE,
              [`${ISSUER}:sub`]: environmentsFor(stage).map(
                (environment) => `repo:${repository}:ref:refs/heads/${branch}:environment:${environment}`,
              ),
            },
          },
        },
      ],
    },
    statements: [allow(['sts:AssumeRole'], roleArn(described, roleName(stage, 'deploy')))],
  })
  // An account has one provider for an issuer; where it exists already, nothing is done to it.
  if (provider === 'create') {
    const issuer = new CfnOIDCProvider(stack, 'GithubProvider', { url: `https://${ISSUER}`, clientIdList: [AUDIENCE] })
    made.addResourceDependency(issuer)
  }
  return made
}
