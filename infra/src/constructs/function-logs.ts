import type { CfnKey } from 'aws-cdk-lib/aws-kms'
import type { CfnLogGroup } from 'aws-cdk-lib/aws-logs'
import type { Stack } from 'aws-cdk-lib/core'
import { answersPeople, type StageFunction } from '../functions.ts'
import type { StageDescription } from '../stage-description.ts'
import { coldStartAlarm } from './function-alarms.ts'
import { encryptedLogGroup } from './log-group.ts'

/** The log groups of functions, each once, by the prefix of its logical id. Starts that take too long are read off them. */
export function functionLogs(
  stack: Stack,
  described: StageDescription,
  key: CfnKey,
  functions: readonly StageFunction[],
): (fn: StageFunction) => CfnLogGroup {
  const groups = new Map<string, CfnLogGroup>()
  for (const fn of functions.filter(({ id, logs }) => id === logs.id)) {
    const group = encryptedLogGroup(stack, described, key, fn.logs)
    groups.set(fn.id, group)
    if (answersPeople(fn)) coldStartAlarm(stack, described, group, fn)
  }
  return ({ logs }) => {
    const group = groups.get(logs.id)
    if (group === undefined) throw new RangeError(`${logs.name} is the log group of no function in ${stack.stackName}`)
    return group
  }
}
