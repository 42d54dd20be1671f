import * as sdk from '@aws-sdk/client-cloudfront'
import { type Handlers, type OwnApi, ownApi } from '../server/own-api.ts'
import { operationsOf } from '../wire/operations.ts'
import { restXmlProtocol } from '../wire/rest-protocol.ts'
import type { CloudFrontState } from './cloudfront-state.ts'
import { distributionHandlers } from './distributions.ts'
import { edgeFunctionHandlers } from './functions.ts'
import { policyHandlers } from './policies.ts'
import { storesOf } from './stores.ts'
import { upkeepHandlers } from './upkeep.ts'

const operations = operationsOf(sdk)

/**
 * CloudFront's configuration. Own, because moto has neither policies nor functions, checks no tag, id, alias or
 * certificate, and forgets functions and access controls.
 */
export function cloudFront(state: CloudFrontState): OwnApi {
  return ownApi(
    'cloudfront',
    restXmlProtocol('http://cloudfront.amazonaws.com/doc/2020-05-31/'),
    operations,
    cloudFrontHandlers(state),
  )
}

/** Everything CloudFront does, as CloudFormation calls it too. */
export function cloudFrontHandlers(state: CloudFrontState): Handlers<sdk.CloudFront> {
  const stores = storesOf(state)
  return {
    ...distributionHandlers(state, stores),
    ...edgeFunctionHandlers(state),
    ...policyHandlers(stores),
    ...upkeepHandlers(state),
  }
}
