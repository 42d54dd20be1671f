import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { FunctionConfiguration, Lambda } from '@aws-sdk/client-lambda'
import type { Handlers } from '../server/own-api.ts'
import { AwsError } from '../wire/aws-error.ts'
import { pageOf } from '../wire/page.ts'
import { functionAddress } from './function-name.ts'
import { type FunctionState, type LambdaState, refuseWhileSettling, requireRevision } from './function-state.ts'

/** Versions. @source AWS Lambda API Reference */
export function versionHandlers(state: LambdaState): Handlers<Lambda> {
  return {
    publishVersion: (input, context) => {
      const { name } = functionAddress(input.FunctionName, undefined, context)
      const fn = state.get(context.accountId, name, context.region)
      refuseWhileSettling(fn)
      requireRevision(input.RevisionId, fn.latest.configuration.RevisionId, 'GetFunction/GetAlias')
      const current = fn.latest.configuration.CodeSha256
      if (input.CodeSha256 !== undefined && input.CodeSha256 !== current) {
        throw new AwsError(
          'InvalidParameterValueException',
          `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${current}). Please try again with the CodeSHA256 in $LATEST.`,
          400,
          { Type: 'User' },
        )
      }
      return publish(fn, input)
    },
    listVersionsByFunction: ({ FunctionName, Marker, MaxItems }, context) => {
      const { name } = functionAddress(FunctionName, undefined, context)
      const fn = state.get(context.accountId, name, context.region)
      const latest = { ...fn.latest.configuration, FunctionArn: `${fn.arn}:$LATEST` }
      const all = [latest, ...[...fn.versions.values()].map(({ configuration }) => configuration)]
      const { items, next } = pageOf(all, MaxItems ?? 50, Marker, 'InvalidParameterValueException')
      return { Versions: [...items], NextMarker: next }
    },
  }
}

/**
 * Freezes code and configuration as a new version. When neither has changed since the last version, that one is given
 * again. @source AWS Lambda API Reference, "PublishVersion"
 */
export function publish(
  fn: FunctionState,
  { Description }: { Description?: string | undefined },
): FunctionConfiguration {
  const last = [...fn.versions.values()].at(-1)
  if (last !== undefined && isDeepStrictEqual(essence(last.configuration), essence(fn.latest.configuration))) {
    return last.configuration
  }
  const number = String(fn.nextVersion++)
  const { LastUpdateStatusReason: _, LastUpdateStatusReasonCode: __, ...frozen } = fn.latest.configuration
  const configuration: FunctionConfiguration = {
    ...frozen,
    ...(Description === undefined ? {} : { Description }),
    ...{ Version: number, FunctionArn: `${fn.arn}:${number}`, RevisionId: randomUUID() },
    ...(fn.settling ? {} : { State: 'Active', LastUpdateStatus: 'Successful' }),
  }
  fn.versions.set(number, { configuration, zip: fn.latest.zip })
  fn.latest = { ...fn.latest, configuration: { ...fn.latest.configuration, RevisionId: randomUUID() } }
  return configuration
}

/** What makes two versions different: code and settings, not what was noted about them. */
function essence(configuration: FunctionConfiguration): object {
  const { Version: _, FunctionArn: _a, RevisionId: _r, LastModified: _l, Description: _d, ...rest } = configuration
  const { State: _s, StateReason: _sr, StateReasonCode: _sc, LastUpdateStatus: _u, ...settings } = rest
  const { LastUpdateStatusReason: _ur, LastUpdateStatusReasonCode: _uc, ...essential } = settings
  return essential
}
