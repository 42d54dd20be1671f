import { type FunctionRole, hostUrl, outreachUrl, stages } from '@sax/topology'
import type { DeployedStage } from './account-facts.ts'
import { secretId, secrets, secretsReadBy } from './secrets.ts'

/** Prefix of a function's logical ids; for what stands behind an origin, the one its URL has in the topology. */
export const functionIds: Readonly<Record<FunctionRole, string>> = {
  'sleep-connect-server': 'SleepconnectPages',
  'outreach-server': 'OutreachPages',
  'outreach-api-routes': 'OutreachApiRoutes',
  'outreach-api': 'OutreachApi',
}

/** Functions that answer through function URLs, in the site's stack. */
export const webFunctions = ['sleep-connect-server', 'outreach-server', 'outreach-api-routes'] as const

/**
 * Environment of a function: names and addresses only. A version keeps the environment it was published with, so that a
 * value in here would come back with a rollback; what a release owns (RELEASE) is the release's to add.
 * @source AWS Lambda Developer Guide, "Manage Lambda function versions"
 */
export function environmentOf(stage: DeployedStage, role: FunctionRole): Readonly<Record<string, string>> {
  const own: Readonly<Record<FunctionRole, Readonly<Record<string, string>>>> = {
    'sleep-connect-server': { APP_BASE_URL: hostUrl(stage), OUTREACH_APP_URL: outreachUrl(stage) },
    'outreach-server': { SLEEPCONNECT_URL: hostUrl(stage) },
    'outreach-api-routes': { API_BASE_URL: stages[stage].apiBaseUrl },
    'outreach-api': {},
  }
  return {
    STAGE: stage,
    LOG_LEVEL: 'info',
    ...own[role],
    ...Object.fromEntries(secretsReadBy(role).map((name) => [secrets[name].variable, secretId(stage, name)])),
  }
}

/** Days that logs of a stage are kept. */
export const logDays: Readonly<Record<DeployedStage, number>> = { develop: 30, staging: 90, production: 400 }

/** Most requests that one function serves at a time, so that none can take the account's whole capacity. */
export const concurrency: Readonly<Record<DeployedStage, number>> = { develop: 20, staging: 20, production: 100 }
