import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs'
import type { Stack } from 'aws-cdk-lib/core'
import { functionsOf, type StageFunction, webFunctions } from '../functions.ts'
import { apiLogGroupName } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'

/** Questions to the logs of the site. @source the deployment checklist's monitoring section */
const checklist = [
  {
    id: 'ApiRouteExecution',
    name: 'api-route-execution',
    text: ['fields @timestamp, @message', 'filter @message like /TEMPLATES API/', 'sort @timestamp desc', 'limit 100'],
  },
  {
    id: 'ErrorTracking',
    name: 'error-tracking',
    text: [
      'fields @timestamp, @message',
      'filter @message like /ERROR/ or @message like /Failed/',
      'sort @timestamp desc',
      'limit 50',
    ],
  },
]

/** One request through every hop, by the reference that a page shows when something fails. */
const trace = {
  id: 'RequestTrace',
  name: 'request-trace',
  text: [
    'fields @timestamp, @log, service, level, message, method, path, status, durationMs, code',
    'filter requestId = "PUT-THE-REFERENCE-HERE"',
    'sort @timestamp asc',
    'limit 200',
  ],
}

/** Saves the checklist's two queries for the log groups of the site, and the trace for those of every hop. */
export function savedQueries(stack: Stack, described: StageDescription): void {
  const groupsOf = (functions: readonly StageFunction[]) => [...new Set(functions.map(({ logs }) => logs.name))]
  const save = ({ id, name, text }: typeof trace, logGroupNames: string[]) =>
    new CfnQueryDefinition(stack, `${id}Query`, {
      name: `sleepconnect/${described.stage}/${name}`,
      queryString: text.join('\n| '),
      logGroupNames,
    })
  for (const query of checklist) save(query, groupsOf(webFunctions(described)))
  save(trace, [...groupsOf(functionsOf(described)), apiLogGroupName(described.stage)])
}
