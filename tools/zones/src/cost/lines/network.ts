import type { CostInput } from '../cost-input.ts'
import { type CostLine, costLine } from '../cost-line.ts'
import { HOURS_A_MONTH, priceList } from '../price-list.ts'
import { listOf } from '../stage-resources.ts'

export function networkLines({ resources, assumed }: CostInput): readonly CostLine[] {
  const gateways = resources.count('AWS::EC2::NatGateway')
  const attachments = resources
    .of('AWS::EC2::VPCEndpoint')
    .filter(({ VpcEndpointType }) => VpcEndpointType === 'Interface')
    .reduce((sum, { SubnetIds }) => sum + listOf(SubnetIds).length, 0)
  const line = (what: string, quantity: number, name: keyof typeof priceList) =>
    costLine('network', what, quantity, priceList[name])
  return [
    line('NAT gateways', gateways * HOURS_A_MONTH, 'natGatewayHour'),
    line('data through NAT gateways', gateways === 0 ? 0 : assumed.natGb, 'natGatewayGb'),
    line('data to the internet', gateways === 0 ? 0 : assumed.natOutGb, 'internetOutGb'),
    line('public addresses', resources.count('AWS::EC2::EIP') * HOURS_A_MONTH, 'publicIpHour'),
    line('interface endpoints', attachments * HOURS_A_MONTH, 'endpointHour'),
    line('data through interface endpoints', attachments === 0 ? 0 : assumed.endpointGb, 'endpointGb'),
    // What one zone sends the other receives, and both are billed.
    line(
      'data between zones',
      resources.count('AWS::EC2::VPC') === 0 ? 0 : 2 * assumed.betweenZonesGb,
      'betweenZonesGb',
    ),
  ]
}
