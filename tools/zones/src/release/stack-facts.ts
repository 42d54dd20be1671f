import type { CloudFormation } from '../aws/cloudformation.ts'
import type { StackFacts } from './ports.ts'

/** What a release asks of CloudFormation: whether a stack is whole, and what AWS called its parts. */
export function createStackFacts(cloudFormation: Pick<CloudFormation, 'stack' | 'resources'>): StackFacts {
  return {
    status: async (name) => (await cloudFormation.stack(name))?.status,
    physicalIds: async (name) =>
      Object.fromEntries(
        (await cloudFormation.resources(name)).flatMap(({ logicalId, physicalId }) =>
          physicalId === '' ? [] : [[logicalId, physicalId]],
        ),
      ),
  }
}
