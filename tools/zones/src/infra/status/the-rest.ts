import type { StatusItem } from '../../plan/status-item.ts'
import type { Seen } from './seen.ts'

/** Types that have an item of their own. */
const TOLD =
  /^AWS::(Route53::RecordSet|CertificateManager::Certificate|S3::|Lambda::(Function|Alias|Url)|Logs::LogGroup|IAM::(Role|ManagedPolicy)|CloudFront::Distribution|ApiGatewayV2::|SecretsManager::Secret)/

/** Everything else, as far as CloudFormation says: one line per kind of resource. */
export function restItems({ stacks, apply }: Seen): readonly StatusItem[] {
  return stacks.flatMap(({ wanted: { template, stackName }, resources, state }) => {
    const ids = Object.keys(template.Resources).filter((id) => !TOLD.test(template.Resources[id]?.Type ?? ''))
    const services = [...new Set(ids.map((id) => serviceOf(template.Resources[id]?.Type ?? '')))]
    return services.map((service): StatusItem => {
      const own = ids.filter((id) => serviceOf(template.Resources[id]?.Type ?? '') === service)
      const item = { group: 'The rest', name: `${service} of ${stackName}: ${own.length}` } as const
      if (state === undefined) return { ...item, standing: 'missing', findings: [], next: apply }
      const status = new Map(resources.map((one) => [one.logicalId, one.status]))
      const absent = own.filter((id) => !status.has(id))
      const failed = own.filter((id) => status.get(id)?.endsWith('_FAILED'))
      const findings = [...absent.map((id) => `${id} is missing`), ...failed.map((id) => `${id} is ${status.get(id)}`)]
      if (findings.length === 0) return { ...item, standing: 'right', findings, next: '' }
      return {
        ...item,
        standing: absent.length === own.length ? 'missing' : 'wrong',
        findings: findings.slice(0, 4),
        next: apply,
      }
    })
  })
}

/** `AWS::EC2::VPCEndpoint` -> `EC2`. */
function serviceOf(type: string): string {
  return type.split('::')[1] ?? type
}
