import { logGroupName, stages } from '@sax/topology'
import { type App, RemovalPolicies, Stack } from 'aws-cdk-lib/core'
import type { AccountFacts, DeployedStage } from '../account-facts.ts'
import { encryptionKey } from '../constructs/encryption-key.ts'
import { coldStartAlarm, functionAlarms } from '../constructs/function-alarms.ts'
import { httpApi } from '../constructs/http-api.ts'
import { encryptedLogGroup } from '../constructs/log-group.ts'
import { releasedFunction } from '../constructs/released-function.ts'
import { functionIds, logDays } from '../functions.ts'
import { backendKeyAlias, backendStackName } from '../resource-names.ts'

export interface BackendStackProps {
  readonly stage: DeployedStage
  readonly facts: AccountFacts
}

/** The backend of a stage: its function and the HTTP API before it. Shares nothing with the site's stack but names. */
export class BackendStack extends Stack {
  constructor(app: App, { stage, facts }: BackendStackProps) {
    super(app, backendStackName(stage), {
      description: `backend of sleepconnect, stage ${stage}`,
      env: { account: facts.accountId, region: stages[stage].region },
      terminationProtection: true,
    })
    const keeping = { key: encryptionKey(this, backendKeyAlias(stage), facts), days: logDays[stage] }
    const role = 'outreach-api'
    const logGroup = encryptedLogGroup(this, `${functionIds[role]}Logs`, logGroupName(stage, role), keeping)
    const backend = releasedFunction(this, { stage, facts, role, logGroup })
    functionAlarms(this, { stage, facts, role })
    coldStartAlarm(this, logGroup, { stage, facts, role })
    httpApi(this, { stage, facts, backend, keeping })
    RemovalPolicies.of(this).retain()
  }
}
