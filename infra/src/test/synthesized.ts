import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, type DeployedStage, parseAccountFacts } from '../app.ts'

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
  readonly outputs: Readonly<Record<string, { readonly Value: unknown }>>
  readonly resources: Readonly<Record<string, SynthesizedResource>>
}

const exampleFacts = () => parseAccountFacts(readFileSync(new URL('example-facts.json', import.meta.url), 'utf8'))

/** Every stack of the example accounts, or of one of their stages. Takes seconds: synthesize once per file. */
export function synthesized(stage?: DeployedStage): readonly SynthesizedStack[] {
  const outdir = mkdtempSync(join(tmpdir(), 'sax-infra-test-'))
  try {
    const all = exampleFacts()
    const accounts = stage === undefined ? all : { [stage]: all[stage] }
    const { stacks, manifest } = createApp({ accounts, outdir, judged: false }).synth()
    if (manifest.missing !== undefined) throw new Error('a stack looks something up in an account')
    return stacks.map((stack) => ({
      id: stack.id,
      stackName: stack.stackName,
      terminationProtection: stack.terminationProtection === true,
      environment: stack.environment.name,
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
export function ofType({ resources }: SynthesizedStack, type: string) {
  return Object.entries(resources).filter(([, { Type }]) => Type === type)
}
