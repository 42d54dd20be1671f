import type { AccountFacts, DeployedStage } from '@sax/infra/account-facts'
import type { RoutingMode } from '@sax/topology'
import type { Colors } from 'picocolors/types'
import type { Outcome } from '../outcome.ts'
import type { ApplyProgress } from './apply-progress.ts'
import type { Baseline } from './baseline.ts'
import type { FactsFile } from './facts-file.ts'
import type { StackTemplate } from './stack-template.ts'

/** A check of cfn-lint that is not followed, for one place. */
export interface CfnLintException {
  readonly check: string
  /** Logical id and property, for example `DatabaseCluster.EngineVersion`. */
  readonly place: RegExp
  readonly why: string
}

export interface RanProgram {
  /** Null: it could not be started. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface InfraCheckPorts {
  readonly stages: readonly DeployedStage[]
  readonly facts: (stage: DeployedStage) => FactsFile
  readonly exampleFacts: (stage: DeployedStage) => AccountFacts
  readonly templates: (stage: DeployedStage, facts: AccountFacts, routing: RoutingMode) => readonly StackTemplate[]
  readonly baseline: (stage: DeployedStage, part: StackTemplate['part']) => Baseline | undefined
  /** Runs a program in the repository's root. */
  readonly run: (program: string, args: readonly string[]) => Promise<RanProgram>
  /** Path of the Node this project brings along. */
  readonly node: string
  /** Folder for what is needed only during the check. */
  readonly scratch: string
  /** Text of a file, by its path or its path in the repository. */
  readonly read: (path: string) => string
  readonly lint: () => Promise<Outcome>
  readonly lintExceptions: readonly CfnLintException[]
  /** A missing tool is an error on a build machine, and left out by name elsewhere. */
  readonly isBuildMachine: boolean
  readonly progress: ApplyProgress
  readonly nowMs: () => number
  readonly palette: Colors
}
