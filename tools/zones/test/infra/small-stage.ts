import type { StackTemplate } from '../../src/infra/stack-template.ts'
import { retained, stackOf, templateOf } from './fakes.ts'

/** What may differ between two versions of the small stage. */
export interface SmallStage {
  readonly bucketName?: string
  readonly memoryMb?: number
  readonly withQueue?: boolean
}

/** Two stacks with one of each kind of resource that matters: quick to apply, so that it can be applied many times. */
export function smallStage({
  bucketName = 'small-files',
  memoryMb = 512,
  withQueue = false,
}: SmallStage = {}): readonly StackTemplate[] {
  const lambdaTrust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  }
  return [
    stackOf(
      'backend',
      templateOf({
        WorkerRole: retained('AWS::IAM::Role', { RoleName: 'small-worker', AssumeRolePolicyDocument: lambdaTrust }),
        WorkerLogs: retained('AWS::Logs::LogGroup', { LogGroupName: '/aws/lambda/small-worker', RetentionInDays: 30 }),
        WorkerFunction: retained('AWS::Lambda::Function', {
          FunctionName: 'small-worker',
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Code: { ZipFile: 'exports.handler = async () => 1' },
          Role: { 'Fn::GetAtt': ['WorkerRole', 'Arn'] },
          MemorySize: memoryMb,
          ReservedConcurrentExecutions: 5,
        }),
        WorkerVersion1: retained('AWS::Lambda::Version', { FunctionName: { Ref: 'WorkerFunction' } }),
        WorkerLive: retained('AWS::Lambda::Alias', {
          FunctionName: { Ref: 'WorkerFunction' },
          Name: 'live',
          FunctionVersion: { 'Fn::GetAtt': ['WorkerVersion1', 'Version'] },
        }),
        ...(withQueue ? { Outbox: retained('AWS::SQS::Queue', { QueueName: 'small-outbox' }) } : {}),
      }),
    ),
    stackOf(
      'site',
      templateOf(
        {
          Files: retained('AWS::S3::Bucket', {
            BucketName: bucketName,
            VersioningConfiguration: { Status: 'Enabled' },
          }),
          FilesPolicy: retained('AWS::S3::BucketPolicy', {
            Bucket: { Ref: 'Files' },
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Deny',
                  Principal: '*',
                  Action: 's3:*',
                  Resource: [`arn:aws:s3:::${bucketName}`, `arn:aws:s3:::${bucketName}/*`],
                  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
                },
              ],
            },
          }),
          UserContextSecret: retained('AWS::SecretsManager::Secret', {
            Name: 'small/user-context',
            Description: 'signs the user context',
          }),
        },
        { Outputs: { FilesName: { Value: { Ref: 'Files' } } } },
      ),
    ),
  ]
}
