import type { CostInput } from '../cost-input.ts'
import { type CostLine, costLine } from '../cost-line.ts'
import { HOURS_A_MONTH, priceList } from '../price-list.ts'
import { within } from '../stage-resources.ts'

/** Least capacity that a proxy is billed for. @source Amazon RDS Proxy Pricing */
const MIN_PROXY_ACU = 8

export function databaseLines({ resources, assumed }: CostInput): readonly CostLine[] {
  const clusters = resources.count('AWS::RDS::DBCluster')
  const instances = resources.count('AWS::RDS::DBInstance')
  const [scaling] = resources.of('AWS::RDS::DBCluster').map((cluster) => cluster.ServerlessV2ScalingConfiguration)
  const least = Number(within(scaling, 'MinCapacity') ?? 0)
  const most = Number(within(scaling, 'MaxCapacity') ?? 0)
  const acu = Math.min(most, Math.max(least, assumed.averageAcu)) * instances
  const line = (what: string, quantity: number, name: keyof typeof priceList) =>
    costLine('database', what, quantity, priceList[name])
  return [
    line('Aurora capacity', clusters * acu * HOURS_A_MONTH, 'acuHour'),
    line('Aurora storage', clusters * assumed.databaseGb, 'databaseGb'),
    line('Aurora reads and writes', clusters * assumed.databaseIoMillions, 'databaseIo'),
    line('backups', clusters * assumed.backupGb, 'backupGb'),
    line(
      'RDS Proxy',
      resources.count('AWS::RDS::DBProxy') * Math.max(MIN_PROXY_ACU, acu) * HOURS_A_MONTH,
      'proxyAcuHour',
    ),
  ]
}
