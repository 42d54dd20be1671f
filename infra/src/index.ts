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
} from './account-facts.ts'
export { exampleFacts } from './example-facts.ts'
export type { FunctionKind } from './function-kind.ts'
export { functionsOfStage, type StageFunction } from './functions.ts'
export {
  accessLogBucketName,
  alarmTopicName,
  apiLogGroupName,
  apiName,
  firewallLogGroupName,
  keyAlias,
  logicalIdOf,
  roleName,
  type StackPart,
  stackName,
} from './resource-names.ts'
export { type SecretName, secretId, secretNames, secrets, secretsReadBy } from './secrets.ts'
export { type StageTemplate, type StageTemplatesProps, stageTemplates } from './stage-templates.ts'
