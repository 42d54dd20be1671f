import { type FunctionRole, lambdaName, originRoles, stages, zones } from '@sax/topology'
import type { DeployedStage } from './account-facts.ts'
import type { FunctionKind } from './function-kind.ts'
import { logicalIdOf, type StackPart, stackName } from './resource-names.ts'
import type { StageDescription } from './stage-description.ts'

export type { FunctionKind } from './function-kind.ts'

/** A function of a stage, as templates and releases know it. */
export interface StageFunction {
  readonly kind: FunctionKind
  /** For example `outreach-server`. */
  readonly role: string
  /** Prefix of its logical ids, for example `OutreachPages`. */
  readonly id: string
  readonly part: StackPart
  readonly stackName: string
  readonly functionName: string
  /** The group it writes into. Another function's, when `id` differs from its own. */
  readonly logs: { readonly id: string; readonly name: string }
}

/** Functions of the backend, which stand behind no origin. */
const backendRoles: readonly (readonly [role: FunctionRole, kind: FunctionKind])[] = [
  ['outreach-api', 'backend'],
  ['outreach-worker', 'worker'],
  ['outreach-migrations', 'migrations'],
]

type Described = Pick<StageDescription, 'stage' | 'zones' | 'settings' | 'originRoles'>

/** Every function of a stage, in the order in which its stacks are applied. */
export function functionsOf(described: Described): readonly StageFunction[] {
  return [...backendFunctions(described), ...webFunctions(described)]
}

/** The functions of this site's stage. */
export function functionsOfStage(stage: DeployedStage): readonly StageFunction[] {
  return functionsOf({ stage, zones, settings: stages[stage], originRoles })
}

export function backendFunctions({ stage, settings }: Described): readonly StageFunction[] {
  return backendRoles.map(([role, kind]) => {
    const id = logicalIdOf(role)
    const functionName = lambdaName(settings, stage, role)
    const logs = { id, name: `/aws/lambda/${functionName}` }
    return { kind, role, id, part: 'backend', stackName: stackName(stage, 'backend'), functionName, logs }
  })
}

/** The functions behind the zones' origins. A zone's API routes write into the group of its pages. */
export function webFunctions({ stage, zones: [host, ...carried], settings, originRoles }: Described) {
  return [host, ...carried].flatMap(({ name }) => {
    const pages = `${name}-pages`
    return [pages, `${name}-api-routes`].flatMap((origin): StageFunction[] => {
      const role = originRoles[origin]
      const writer = originRoles[pages]
      if (role === undefined || writer === undefined) return []
      return [
        {
          kind: origin !== pages ? 'zone-api-routes' : name === host.name ? 'host-pages' : 'zone-pages',
          role,
          id: logicalIdOf(origin),
          part: 'site',
          stackName: stackName(stage, 'site'),
          functionName: lambdaName(settings, stage, role),
          logs: { id: logicalIdOf(pages), name: `/aws/lambda/${lambdaName(settings, stage, writer)}` },
        },
      ]
    })
  })
}

/** True for what somebody waits for an answer of. */
export function answersPeople({ kind }: StageFunction): boolean {
  return kind !== 'worker' && kind !== 'migrations'
}
