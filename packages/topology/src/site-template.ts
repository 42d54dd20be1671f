import { compileDistributions } from './distributions.ts'
import { assetBucketName, functionName, originRoles } from './names.ts'
import { cachePolicyIds, originRequestPolicyIds } from './policies.ts'
import { stages } from './stages.ts'
import { accessControls, edgeFunctions, firewall, headersPolicy } from './template-guards.ts'
import { distributionId, originsOf, pascal } from './template-ids.ts'
import { isAssets, type OriginNames, originProperties, originResources } from './template-origins.ts'
import type { CacheBehavior, Distribution, RoutingMode, Site, Stage } from './types.ts'
import { type ZoneName, zones } from './zones.ts'

/** Resources in CloudFormation's own shape, by logical id. */
export interface CloudFormationTemplate {
  readonly AWSTemplateFormatVersion: '2010-09-09'
  readonly Description: string
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: object }>>
}

/** What a stage's distributions and everything they lean on look like as a CloudFormation template. */
export function siteTemplate(stage: Stage, routing: RoutingMode = stages[stage].routing): CloudFormationTemplate {
  return compileTemplate<ZoneName>({ zones, stage: stages[stage] }, routing, {
    stage,
    bucket: (zone) => assetBucketName(stage, zone),
    function: (origin) => {
      const role = originRoles[origin]
      return role === undefined ? undefined : functionName(stage, role)
    },
  })
}

/**
 * The same for any site. Every logical id is made from a zone's or an origin's name, so that adding a zone changes
 * nobody else's.
 */
export function compileTemplate<Name extends string>(
  site: Site<Name>,
  routing: RoutingMode,
  names: OriginNames<Name>,
): CloudFormationTemplate {
  const all = compileDistributions(site, routing)
  // Who may ask an origin does not depend on the mode: changing it must neither wait for permissions nor take any away.
  const ever = [...compileDistributions(site, 'host'), ...compileDistributions(site, 'edge')]
  const origins = [...new Set(ever.flatMap(originsOf))]
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `Distributions of stage ${names.stage}, ${routing} routing`,
    Resources: {
      ...edgeFunctions(site, names.stage),
      ...headersPolicy(site, names.stage),
      ...accessControls(names.stage),
      ...Object.fromEntries(
        all.map((one, i) => [
          `${pascal(one.zone)}Firewall`,
          firewall(one.zone, names.stage, i === 0 ? site : undefined),
        ]),
      ),
      ...Object.fromEntries(all.map((one) => [distributionId(one.zone), distribution(one, names.stage)])),
      ...Object.assign({}, ...origins.map((origin) => originResources(origin, ever, names))),
    },
  }
}

function distribution<Name extends string>(one: Distribution<Name>, stage: string) {
  const behaviors = one.cacheBehaviors.map((behavior) => ({
    PathPattern: behavior.pathPattern,
    ...behaviorProperties(behavior),
  }))
  return {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Comment: `${one.zone} ${stage}`,
        Enabled: true,
        Aliases: one.aliases,
        HttpVersion: one.httpVersion,
        IPV6Enabled: true,
        PriceClass: one.priceClass,
        WebACLId: { 'Fn::GetAtt': [`${pascal(one.zone)}Firewall`, 'Arn'] },
        Origins: originsOf(one).map(originProperties),
        CacheBehaviors: behaviors,
        DefaultCacheBehavior: behaviorProperties(one.defaultCacheBehavior),
        // No error page of CloudFront's: it would replace the API's own error answers, which have the same statuses.
        CustomErrorResponses: [500, 502, 503, 504].map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })),
      },
    },
  }
}

function behaviorProperties<Name extends string>(behavior: CacheBehavior<Name>) {
  return {
    TargetOriginId: behavior.targetOriginId,
    ViewerProtocolPolicy: behavior.viewerProtocolPolicy,
    AllowedMethods: behavior.allowedMethods,
    CachedMethods: behavior.cachedMethods,
    CachePolicyId: cachePolicyIds[behavior.cachePolicy],
    OriginRequestPolicyId: originRequestPolicyIds[behavior.originRequestPolicy],
    ResponseHeadersPolicyId: { Ref: 'SecurityHeaders' },
    Compress: behavior.compress,
    FunctionAssociations: [
      association('viewer-request', 'ViewerRequest'),
      // A bucket says nothing internal, and what it says may be stored.
      ...(isAssets(behavior.targetOriginId) ? [] : [association('viewer-response', 'ViewerResponse')]),
    ],
  }
}

function association(EventType: string, logicalId: string) {
  return { EventType, FunctionARN: { 'Fn::GetAtt': [logicalId, 'FunctionARN'] } }
}
