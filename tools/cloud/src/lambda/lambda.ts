import * as sdk from '@aws-sdk/client-lambda'
import { type CallContext, type Handlers, type OwnApi, ownApi } from '../server/own-api.ts'
import { operationsOf } from '../wire/operations.ts'
import { restJsonProtocol } from '../wire/rest-protocol.ts'
import { aliasHandlers } from './aliases.ts'
import { concurrencyHandlers } from './concurrency.ts'
import { eventSourceHandlers } from './event-sources.ts'
import { functionAddress } from './function-name.ts'
import type { FunctionRunner } from './function-runner.ts'
import type { LambdaState } from './function-state.ts'
import { type FunctionParts, functionHandlers } from './functions.ts'
import { invokeHandlers } from './invoke.ts'
import { permissionHandlers } from './permissions.ts'
import { urlHandlers } from './urls.ts'
import { versionHandlers } from './versions.ts'

const operations = operationsOf(sdk)

/** What Lambda leans on. Without a runner nothing is run. */
export interface LambdaParts extends FunctionParts {
  readonly runner: FunctionRunner | undefined
}

/** Own, because moto checks neither revisions nor hashes, limits, weights or what is in use, and has one URL per function. */
export function lambda(parts: LambdaParts): OwnApi {
  return ownApi('lambda', restJsonProtocol(), operations, lambdaHandlers(parts))
}

/** Everything Lambda does, as CloudFormation calls it too. */
export function lambdaHandlers(parts: LambdaParts): Handlers<sdk.Lambda> {
  return {
    ...functionHandlers(parts),
    ...versionHandlers(parts.state),
    ...aliasHandlers(parts.state),
    ...urlHandlers(parts.state),
    ...permissionHandlers(parts.state),
    ...concurrencyHandlers(parts.state),
    ...eventSourceHandlers(parts.state),
    ...tagHandlers(parts.state),
    ...invokeHandlers(parts.state, parts.runner),
  }
}

function tagHandlers(state: LambdaState): Handlers<sdk.Lambda> {
  const tagsOf = (arn: string | undefined, context: CallContext) =>
    state.get(context.accountId, functionAddress(arn, undefined, context).name, context.region).tags
  return {
    listTags: ({ Resource }, context) => ({ Tags: Object.fromEntries(tagsOf(Resource, context)) }),
    tagResource: ({ Resource, Tags = {} }, context) => {
      const tags = tagsOf(Resource, context)
      for (const [key, value] of Object.entries(Tags)) tags.set(key, value)
      return {}
    },
    untagResource: ({ Resource, TagKeys = [] }, context) => {
      const tags = tagsOf(Resource, context)
      for (const key of TagKeys) tags.delete(key)
      return {}
    },
  }
}
