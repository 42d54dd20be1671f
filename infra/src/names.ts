/** What things of a stage are called, for whoever only asks for them: what makes templates of them takes a second to load. */
export { backendAlarmNames } from './alarm-names.ts'
export { apiName, releaseBucketName, stackName } from './resource-names.ts'
