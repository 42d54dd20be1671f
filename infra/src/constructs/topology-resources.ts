import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RoutingMode } from '@sax/topology'
import { type CloudFormationTemplate, siteTemplate } from '@sax/topology/cloudfront'
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include'
import type { CfnResource, Stack } from 'aws-cdk-lib/core'
import type { DeployedStage } from '../account-facts.ts'

/** The resources that the topology compiles, now part of a stack, with the logical ids they have there. */
export interface TopologyResources {
  readonly template: CloudFormationTemplate
  readonly include: CfnInclude
}

/**
 * Takes over what the front door rehearses, so that routing on AWS cannot differ from it: nothing here is compiled a
 * second time.
 */
export function topologyResources(stack: Stack, stage: DeployedStage, routing: RoutingMode): TopologyResources {
  const template = siteTemplate(stage, routing)
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
