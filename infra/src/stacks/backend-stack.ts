import { type App, RemovalPolicies, Stack } from 'aws-cdk-lib/core'
import { encryptionKey } from '../constructs/encryption-key.ts'
import { functionAlarms } from '../constructs/function-alarms.ts'
import { functionLogs } from '../constructs/function-logs.ts'
import { releasedFunction } from '../constructs/released-function.ts'
import { backendFunctions } from '../functions.ts'
import { stackName } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'

/** The backend of a stage: its functions. Shares nothing with the site's stack but names, and is applied before it. */
export class BackendStack extends Stack {
  constructor(app: App, described: StageDescription) {
    const { stage, facts, settings } = described
    super(app, stackName(stage, 'backend'), {
      description: `backend of sleepconnect, stage ${stage}`,
      env: { account: facts.accountId, region: settings.region },
      terminationProtection: true,
    })
    const key = encryptionKey(this, described, 'backend')
    const functions = backendFunctions(described)
    const logGroupOf = functionLogs(this, described, key, functions)
    for (const fn of functions) {
      releasedFunction(this, described, fn, { logGroup: logGroupOf(fn) })
      functionAlarms(this, described, fn)
    }
    RemovalPolicies.of(this).retain()
  }
}
