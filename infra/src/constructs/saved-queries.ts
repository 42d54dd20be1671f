import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs'
import type { Stack } from 'aws-cdk-lib/core'
import { webFunctions } from '../functions.ts'
import type { StageDescription } from '../stage-description.ts'

/** Questions to the logs, by the name they are found under. @source the deployment checklist's monitoring section */
const queries = [
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

/** The checklist's two queries, saved for the log groups of the site. */
export function savedQueries(stack: Stack, described: StageDescription): void {
  const logGroupNames = [...new Set(webFunctions(described).map(({ logs }) => logs.name))]
  for (const { id, name, text } of queries) {
    new CfnQueryDefinition(stack, `${id}Query`, {
      name: `sleepconnect/${described.stage}/${name}`,
      queryString: text.join('\n| '),
      logGroupNames,
    })
  }
}
