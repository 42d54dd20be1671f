import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lambdaName, type RoutingMode } from '@sax/topology'
import { type CloudFormationTemplate, compileTemplate } from '@sax/topology/cloudfront'
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include'
import type { CfnResource, Stack } from 'aws-cdk-lib/core'
import type { StageDescription } from '../stage-description.ts'

/** The resources that the topology compiles, now part of a stack, with the logical ids they have there. */
export interface TopologyResources {
  readonly template: CloudFormationTemplate
  readonly include: CfnInclude
}

/**
 * Takes over what the front door rehearses, so that routing on AWS cannot differ from it: nothing here is compiled a
 * second time.
 */
export function topologyResources(
  stack: Stack,
  { stage, zones, settings, originRoles, buckets }: StageDescription,
  routing: RoutingMode,
): TopologyResources {
  const template = compileTemplate<string>({ zones, stage: settings }, routing, {
    stage,
    bucket: (zone) => bucketOf(buckets, zone),
    function: (origin) => {
      const role = originRoles[origin]
      return role === undefined ? undefined : lambdaName(settings, stage, role)
    },
  })
  // CloudFormation's description is the stack's, and one stack serves both modes.
  const { Description: _, ...rest } = template
  // CfnInclude reads files only.
  const folder = mkdtempSync(join(tmpdir(), 'sax-topology-'))
  try {
    const templateFile = join(folder, 'template.json')
    writeFileSync(templateFile, JSON.stringify(rest))
    return { template, include: new CfnInclude(stack, 'Topology', { templateFile }) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function bucketOf(buckets: StageDescription['buckets'], zone: string): string {
  const name = buckets[zone]
  if (name === undefined) throw new RangeError(`zone ${zone} has no bucket`)
  return name
}

/** Logical ids and constructs of one kind, in the template's order. */
export function resourcesOf<Kind extends CfnResource>(
  { template, include }: TopologyResources,
  isKind: (resource: CfnResource) => resource is Kind,
): readonly (readonly [logicalId: string, resource: Kind])[] {
  return Object.keys(template.Resources).flatMap((id) => {
    const resource = include.getResource(id)
    return isKind(resource) ? [[id, resource] as const] : []
  })
}
