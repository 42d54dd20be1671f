import type { CostInput } from '../cost-input.ts'
import { type CostLine, costLine } from '../cost-line.ts'
import { priceList } from '../price-list.ts'
import { listOf } from '../stage-resources.ts'
import { millions } from '../traffic.ts'

export function protectionLines({ resources, traffic, assumed }: CostInput): readonly CostLine[] {
  const line = (what: string, quantity: number, name: keyof typeof priceList) =>
    costLine('protection', what, quantity, priceList[name])
  const firewalls = resources.of('AWS::WAFv2::WebACL')
  return [
    line('firewalls', firewalls.length, 'firewallMonth'),
    // A managed group counts as one rule.
    line(
      'firewall rules',
      firewalls.reduce((sum, { Rules }) => sum + listOf(Rules).length, 0),
      'firewallRuleMonth',
    ),
    line('requests judged', firewalls.length === 0 ? 0 : millions(traffic.edgeRequests), 'firewallRequests'),
    line('encryption keys', resources.count('AWS::KMS::Key'), 'keyMonth'),
    line('uses of encryption keys', resources.count('AWS::KMS::Key') === 0 ? 0 : assumed.keyCalls, 'keyCalls'),
  ]
}
