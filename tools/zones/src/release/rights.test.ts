import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/**
 * Nobody here is refused by IAM: the emulator does not judge what a role may call. So the calls that stand in the sources
 * are held against the policies that stand in the templates.
 */
const source = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found)

/** Files that talk to AWS and are taken in by these programs, by their path below `src`. */
const filesOf = (...programs: readonly string[]) =>
  programs.flatMap((program) => matches(source(program), /from '\.\.?\/(aws\/[a-z0-9-]+\.ts)'/g))

/** Actions that calls are judged by where they are not called so. @source Service Authorization Reference */
const JUDGED_AS: Readonly<Record<string, string>> = {
  's3:HeadObject': 's3:GetObject',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  'lambda:Invoke': 'lambda:InvokeFunction',
  'apigateway:GetApis': 'apigateway:GET',
  'apigateway:GetStages': 'apigateway:GET',
  'apigateway:GetApiMappings': 'apigateway:GET',
}

function actionsIn(file: string): readonly string[] {
  const text = source(file)
  const [service = ''] = matches(text, /failingPlainly\(\s*'([a-z0-9]+)'/g)
  return matches(text, /new ([A-Za-z0-9]+)Command\(/g).map((call) => {
    const action = `${service}:${call}`
    return JUDGED_AS[action] ?? action
  })
}

const allowedTo = (policy: 'DeployPolicy' | 'PrunePolicy') => {
  const url = new URL('../../../../infra/baselines/develop/site.json', import.meta.url)
  const { template } = JSON.parse(readFileSync(url, 'utf8')) as {
    readonly template: { readonly Resources: Readonly<Record<string, { readonly Properties: Policy }>> }
  }
  const statements = template.Resources[policy]?.Properties.PolicyDocument.Statement ?? []
  return new Set(statements.flatMap(({ Action }) => Action))
}

interface Policy {
  readonly PolicyDocument: { readonly Statement: readonly { readonly Action: readonly string[] }[] }
}

/** What stands in the same files and is no release's to do, or to be allowed. */
const NOT_OF_A_RELEASE: Readonly<Record<string, string>> = {
  'sts:GetCallerIdentity': 'Everybody may, whatever a policy says.',
  'lambda:DeleteFunction': 'The role that prunes does.',
  's3:DeleteObject': 'The role that prunes does.',
  'secretsmanager:GetSecretValue':
    'A release knows that a secret is there and not what it is; being refused is an answer.',
  'secretsmanager:PutSecretValue': 'Whoever rotates a secret does.',
}
/** Of CloudFormation a release asks how a stack is and what is in it; all else is `zones infra`. */
const ASKED_OF_STACKS = ['cloudformation:DescribeStacks', 'cloudformation:ListStackResources']

const called = [...new Set(filesOf('run-release.ts', 'run-verify.ts', 'asking/connect-stage.ts').flatMap(actionsIn))]
const calledByReleases = called.filter(
  (action) => !action.startsWith('cloudformation:') || ASKED_OF_STACKS.includes(action),
)

test('the role that releases may call what releasing and looking call', () => {
  expect(calledByReleases.length).toBeGreaterThan(20)
  const allowed = allowedTo('DeployPolicy')
  const missing = calledByReleases.filter((action) => !allowed.has(action) && !(action in NOT_OF_A_RELEASE))
  expect(missing).toEqual([])
})

test('what it may not is still called, and not allowed after all', () => {
  const allowed = allowedTo('DeployPolicy')
  for (const action of Object.keys(NOT_OF_A_RELEASE)) {
    expect([action, called.includes(action), allowed.has(action)]).toEqual([action, true, false])
  }
})

test('the role that prunes may call what pruning calls', () => {
  const pruning = [
    ...['lambda:DeleteFunction', 'lambda:GetAlias', 'lambda:ListVersionsByFunction'],
    ...['s3:DeleteObject', 's3:GetObject', 's3:ListBucket', 's3:PutObject'],
  ]
  const allowed = allowedTo('PrunePolicy')
  expect(pruning.filter((action) => !called.includes(action) || !allowed.has(action))).toEqual([])
})
