import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RoutingMode } from '@sax/topology'
import { Stack } from 'aws-cdk-lib/core'
import type { DeployedStage } from '../account-facts.ts'
import { createApp } from '../app.ts'
import { exampleFacts } from '../example-facts.ts'
import { describeStage, type StageDescription } from '../stage-description.ts'

export interface SynthesizedResource {
  readonly Type: string
  readonly Properties: Readonly<Record<string, unknown>>
  readonly DependsOn?: readonly string[]
  readonly DeletionPolicy?: string
  readonly UpdateReplacePolicy?: string
}

export interface SynthesizedStack {
  /** Name of the artifact, for example `sleepconnect-develop-host`. */
  readonly id: string
  readonly stackName: string
  readonly terminationProtection: boolean
  readonly environment: string
  readonly template: Readonly<Record<string, unknown>>
  readonly outputs: Readonly<Record<string, { readonly Value: unknown }>>
  readonly resources: Readonly<Record<string, SynthesizedResource>>
}

const deployed: readonly DeployedStage[] = ['develop', 'staging', 'production']

/** A stage with its example facts. */
export const exampleStage = (stage: DeployedStage): StageDescription => describeStage(stage, exampleFacts(stage))

/** Every stack of the example stages, or of the given ones. Takes a second: synthesize once per file. `also` adds to each. */
export function synthesized(
  stages: readonly StageDescription[] = deployed.map(exampleStage),
  routings: readonly RoutingMode[] = ['host', 'edge'],
  also: (stack: Stack) => void = () => undefined,
): readonly SynthesizedStack[] {
  const outdir = mkdtempSync(join(tmpdir(), 'sax-infra-test-'))
  try {
    const app = createApp({ stages, routings, outdir, validated: false })
    for (const child of app.node.children) if (Stack.isStack(child)) also(child)
    const { stacks, manifest } = app.synth()
    if (manifest.missing !== undefined) throw new Error('a stack looks something up in an account')
    return stacks.map((stack) => ({
      id: stack.id,
      stackName: stack.stackName,
      terminationProtection: stack.terminationProtection === true,
      environment: stack.environment.name,
      template: stack.template,
      outputs: stack.template.Outputs ?? {},
      resources: stack.template.Resources,
    }))
  } finally {
    rmSync(outdir, { recursive: true, force: true })
  }
}

/** The stack of that name. @throws Error when there is none */
export function stackIn(stacks: readonly SynthesizedStack[], id: string): SynthesizedStack {
  const found = stacks.find((stack) => stack.id === id)
  if (found === undefined) throw new Error(`no stack ${id}`)
  return found
}

/** Logical ids and resources of one type. */
export function ofType({ resources }: Pick<SynthesizedStack, 'resources'>, type: string) {
  return Object.entries(resources).filter(([, { Type }]) => Type === type)
}

/** Properties of one resource; none, when it is not there. */
export function propertiesOf(
  { resources }: Pick<SynthesizedStack, 'resources'>,
  id: string,
): Readonly<Record<string, unknown>> {
  return resources[id]?.Properties ?? {}
}
