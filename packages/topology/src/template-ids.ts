import type { Distribution, OriginId } from './types.ts'

/** Origins that a distribution sends requests to, each once. */
export function originsOf<Name extends string>(one: Distribution<Name>): readonly OriginId<Name>[] {
  return [...new Set([...one.cacheBehaviors, one.defaultCacheBehavior].map(({ targetOriginId }) => targetOriginId))]
}

/** Logical id of a zone's distribution. */
export function distributionId(zone: string): string {
  return `${pascal(zone)}Distribution`
}

/** ARN of a zone's distribution in the account that the template is applied to. */
export function distributionArn(zone: string) {
  return { 'Fn::Sub': `arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/\${${distributionId(zone)}}` }
}

/** `outreach-api-routes` -> `OutreachApiRoutes`. */
export function pascal(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_match, _dash, letter: string) => letter.toUpperCase())
}
