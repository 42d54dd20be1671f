export {
  type AccountFacts,
  AccountFactsError,
  type AccountFactsRefusal,
  accountFactFields,
  type DeployedStage,
  databaseFactFields,
  type ExistingDatabase,
  githubFactFields,
  hostedZoneOf,
  isDeployedStage,
  parseAccountFacts,
  routingOf,
} from './account-facts.ts'
export { backendAlarmNames } from './alarm-names.ts'
export { exampleFacts } from './example-facts.ts'
export { type FunctionKind, functionsOfStage, type StageFunction } from './functions.ts'
export { type QueueId, queueNames } from './queues.ts'
export {
  accessLogBucketName,
  alarmTopicName,
  apiLogGroupName,
  apiName,
  clusterName,
  databaseLogGroupName,
  firewallLogGroupName,
  flowLogGroupName,
  keyAlias,
  logicalIdOf,
  proxyLogGroupName,
  proxyName,
  releaseBucketName,
  roleName,
  type StackPart,
  scheduleGroupName,
  stackName,
  staticFilesLogGroupName,
} from './resource-names.ts'
export { type SecretName, secretId, secretNames, secrets, secretsReadBy } from './secrets.ts'
export { type StageTemplate, type StageTemplatesProps, stageTemplates } from './stage-templates.ts'
