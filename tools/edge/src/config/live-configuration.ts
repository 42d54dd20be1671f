import { basename, extname } from 'node:path'
import { ConfigurationError } from './configuration-error.ts'
import { type Template, type TemplateOptions, templateOf } from './read-template.ts'
import { isRecord } from './shapes.ts'

/**
 * A live configuration as a template of one resource, so that both are read by the same code. Takes what
 * `get-distribution-config` prints (`ETag`, `DistributionConfig`), `get-distribution` (`Distribution`), or the bare
 * DistributionConfig.
 * @throws ConfigurationError `not_a_configuration`
 */
export function liveAsTemplate(
  document: Readonly<Record<string, unknown>>,
  { known = {}, fileName = '' }: TemplateOptions,
): Template {
  const outer = isRecord(document.Distribution) ? document.Distribution : document
  const config = isRecord(outer.DistributionConfig) ? outer.DistributionConfig : outer
  if (!('DefaultCacheBehavior' in config) && !('Origins' in config)) {
    throw new ConfigurationError(
      'not_a_configuration',
      fileName,
      'has neither Resources nor a DistributionConfig; give a template or what `aws cloudfront get-distribution-config` prints',
    )
  }
  const printed = typeof outer.Id === 'string' ? outer.Id : undefined
  const stem = basename(fileName, extname(fileName))
  const id = known.DistributionId ?? printed ?? (stem === '' ? 'distribution' : stem)
  const domainName = typeof outer.DomainName === 'string' ? { [`${id}.DomainName`]: outer.DomainName } : {}
  const distribution = { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: config } }
  return templateOf({ Resources: { [id]: distribution } }, { fileName, known: { ...domainName, ...known } })
}
