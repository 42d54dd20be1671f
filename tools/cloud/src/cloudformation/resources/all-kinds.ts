import { alarm } from './alarms.ts'
import { apiMapping, domainName } from './api-domains.ts'
import { distribution, monitoringSubscription } from './distributions.ts'
import { edgeFunction } from './edge-functions.ts'
import { frontConfigs } from './front-configs.ts'
import { httpApi, integration, route, stage } from './http-apis.ts'
import { managedPolicy, oidcProvider } from './iam-policies.ts'
import { role } from './iam-roles.ts'
import { keptKinds } from './kept-kinds.ts'
import type { Kind } from './kind.ts'
import { eventSourceMapping, lambdaPermission, lambdaUrl } from './lambda-access.ts'
import { lambdaFunction } from './lambda-functions.ts'
import { lambdaAlias, lambdaVersion } from './lambda-versions.ts'
import { logGroup, metricFilter } from './logs.ts'
import { certificate, recordSet } from './names-and-certificates.ts'
import { queue, queuePolicy, subscription, topic, topicPolicy } from './queues-and-topics.ts'
import { bucket, bucketPolicy } from './s3-buckets.ts'
import { key, keyAlias, secret } from './secrets-and-keys.ts'

/** Types whose resources other services see as well. */
export const materializedKinds: readonly Kind[] = [
  ...[bucket, bucketPolicy, role, managedPolicy, oidcProvider, secret, key, keyAlias, logGroup, metricFilter],
  ...[lambdaFunction, lambdaVersion, lambdaAlias, lambdaUrl, lambdaPermission, eventSourceMapping],
  ...[recordSet, certificate, httpApi, integration, route, stage, domainName, apiMapping],
  ...[distribution, monitoringSubscription, edgeFunction, ...frontConfigs],
  ...[queue, queuePolicy, topic, topicPolicy, subscription, alarm],
]

let kinds: ReadonlyMap<string, Kind> | undefined

/** What CloudFormation can do with a type here; undefined for one that it does not know here. */
export function kindOf(type: string): Kind | undefined {
  kinds ??= new Map([...materializedKinds, ...keptKinds()].map((kind) => [kind.type, kind]))
  return kinds.get(type)
}
