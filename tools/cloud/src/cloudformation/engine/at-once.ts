import { dependenciesOf } from './order.ts'
import type { ChangeSet } from './stacks.ts'

const DELIVERY = 'AWS::Logs::Delivery'

/**
 * Deliveries that CloudWatch Logs refuses, because another one of the same source or to the same destination may be made
 * at the same moment: neither waits for the other. On AWS it depends on the moment; here the second one always is.
 * @source hashicorp/terraform-provider-aws, issue 42194 (CreateDelivery: "ConflictException: Requested resource is
 * currently being updated. Please try again later.", for either end); AWS CloudFormation User Guide, "DependsOn attribute"
 */
export function deliveriesAtOnce({ template: { resources }, stack }: ChangeSet): ReadonlySet<string> {
  const made = Object.entries(resources).filter(
    ([id, { type }]) => type === DELIVERY && stack.resources.get(id)?.physicalId === undefined,
  )
  const waitsFor = (id: string, other: string, seen = new Set<string>()): boolean => {
    const definition = resources[id]
    if (definition === undefined || seen.has(id)) return false
    seen.add(id)
    return dependenciesOf(definition, resources).some((next) => next === other || waitsFor(next, other, seen))
  }
  const ends = (id: string) => {
    const { DeliverySourceName, DeliveryDestinationArn } = resources[id]?.properties ?? {}
    return [JSON.stringify(['source', DeliverySourceName]), JSON.stringify(['destination', DeliveryDestinationArn])]
  }
  return new Set(
    made.flatMap(([id], index) => {
      const before = made.slice(0, index)
      const isRefused = before.some(
        ([other]) => ends(id).some((end) => ends(other).includes(end)) && !waitsFor(id, other) && !waitsFor(other, id),
      )
      return isRefused ? [id] : []
    }),
  )
}
