import { logGroupName } from '@sax/topology'
import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs'
import type { Stack } from 'aws-cdk-lib/core'
import type { DeployedStage } from '../account-facts.ts'

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
export function savedQueries(stack: Stack, stage: DeployedStage): void {
  for (const { id, name, text } of queries) {
    new CfnQueryDefinition(stack, `${id}Query`, {
      name: `sleepconnect/${stage}/${name}`,
      queryString: text.join('\n| '),
      logGroupNames: [logGroupName(stage, 'outreach-server'), logGroupName(stage, 'sleep-connect-server')],
    })
  }
}
