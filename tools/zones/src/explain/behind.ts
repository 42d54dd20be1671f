import type { Origin, Template } from '@sax/edge/config'
import {
  functionName,
  functionRoles,
  type LocalPart,
  localPorts,
  logGroupName,
  type OriginId,
  stageNames,
} from '@sax/topology'
import type { Site } from './site.ts'

/** What answers for an origin, and who is let in. */
export interface Behind {
  readonly kind: 'Lambda function' | 'S3 bucket' | 'server' | 'process on this laptop'
  /** Function, bucket or host name, as far as the configuration says it. */
  readonly name: string
  /** Alias of the function that is asked. */
  readonly qualifier: string | undefined
  /** In words: `signed (origin access control), AWS_IAM`. */
  readonly access: string
  readonly logGroup: string | undefined
}

/** What stands behind an origin: read from the template, or taken from the origin's own domain name. */
export function behindOf(origin: Origin, { template, stage }: Pick<Site, 'template' | 'stage'>): Behind {
  const access = accessOf(origin)
  const port = stage === 'local' || stage === 'rehearsal' ? laptopPort(origin.id) : undefined
  if (port !== undefined) {
    const name = `localhost:${port}`
    return { kind: 'process on this laptop', name, qualifier: undefined, access, logGroup: undefined }
  }
  switch (origin.kind) {
    case 'function-url': {
      const { name = origin.domainName, qualifier } = functionOf(origin, template) ?? {}
      const logGroup = name === origin.domainName ? undefined : logGroupOf(name)
      return { kind: 'Lambda function', name, qualifier, access, logGroup }
    }
    case 's3':
      return { kind: 'S3 bucket', name: bucketOf(origin, template), qualifier: undefined, access, logGroup: undefined }
    case 'custom':
      return { kind: 'server', name: origin.domainName, qualifier: undefined, access, logGroup: undefined }
  }
}

function functionOf({ domainName }: Origin, template: Template | undefined) {
  const url = template?.ofType('AWS::Lambda::Url').find((resource) => {
    return hostOf(template.attribute(resource, 'FunctionUrl')) === domainName
  })
  if (template === undefined || url === undefined) return undefined
  const { TargetFunctionArn: target, Qualifier: qualifier } = url.properties
  const written =
    String(target)
      .replace(/^.*:function:/, '')
      .split(':')[0] ?? ''
  const resource = template
    .ofType('AWS::Lambda::Function')
    .find((one) => [template.ref(one), template.attribute(one, 'Arn')].includes(String(target)))
  const given = resource?.properties.FunctionName
  return {
    name: typeof given === 'string' ? given : written,
    qualifier: typeof qualifier === 'string' ? qualifier : undefined,
  }
}

function bucketOf({ domainName }: Origin, template: Template | undefined): string {
  const bucket = template
    ?.ofType('AWS::S3::Bucket')
    .find((resource) => domainName === template.attribute(resource, 'RegionalDomainName'))
  const name = bucket?.properties.BucketName
  return typeof name === 'string' ? name : domainName.replace(/\.s3[.-].*$/, '')
}

/** Lambda writes into a group of the function's own name unless told otherwise; this site's functions are told. */
function logGroupOf(name: string): string {
  for (const stage of stageNames) {
    const role = functionRoles.find((one) => functionName(stage, one) === name)
    if (role !== undefined) return logGroupName(stage, role)
  }
  return `/aws/lambda/${name}`
}

function accessOf({ kind, accessControl, grants }: Origin): string {
  const signs = accessControl !== undefined && accessControl.signingBehavior !== 'never'
  const signed = signs ? 'signed by origin access control' : 'not signed'
  if (kind === 'custom') return signs ? signed : 'open to whoever reaches it'
  if (kind === 's3') return signed
  return grants?.authType === undefined ? signed : `${signed}, auth type ${grants.authType}`
}

const PARTS: Readonly<Record<OriginId, LocalPart>> = {
  'sleepconnect-pages': 'hostPages',
  'sleepconnect-assets': 'hostPages',
  'outreach-pages': 'outreachPages',
  'outreach-assets': 'outreachPages',
  'outreach-api-routes': 'outreachApiRoutes',
}

function laptopPort(originId: string): number | undefined {
  const part = Object.entries(PARTS).find(([id]) => id === originId)?.[1]
  return part && localPorts[part]
}

function hostOf(url: string): string {
  return url.replace(/^https:\/\/|\/$/g, '')
}
