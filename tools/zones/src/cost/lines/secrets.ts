import type { CostInput } from '../cost-input.ts'
import { type CostLine, costLine } from '../cost-line.ts'
import { HOURS_A_MONTH, priceList } from '../price-list.ts'
import { millions } from '../traffic.ts'

export function secretLines({ resources, assumed }: CostInput): readonly CostLine[] {
  // RDS keeps the password of a master user in a secret of its own, which is billed like any other.
  const ofDatabases = resources.of('AWS::RDS::DBCluster').filter((cluster) => cluster.ManageMasterUserPassword === true)
  const secrets = resources.count('AWS::SecretsManager::Secret')
  const calls = assumed.warmProcesses * assumed.readsAnHour * HOURS_A_MONTH * assumed.secretsAProcess
  return [
    costLine('secrets', 'secrets', secrets + ofDatabases.length, priceList.secretMonth),
    costLine('secrets', 'reads of secrets', secrets === 0 ? 0 : millions(calls), priceList.secretCalls),
  ]
}
