import type { DeployedStage } from '@sax/infra/account-facts'
import { type GateOverride, mustBeTyped, overrideFault, typedFor } from './gates.ts'

export interface LeavingOut {
  readonly stage: DeployedStage
  readonly release: string
  readonly overrides: readonly GateOverride[]
  /** What was typed beforehand, as an argument. */
  readonly confirmed: string | undefined
  readonly dryRun: boolean
}

/** Has a person type something. Undefined when they leave. */
export type Typing = (question: string) => Promise<string | undefined>

export type LeftOut =
  | { readonly kind: 'agreed'; readonly overrides: readonly GateOverride[] }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'declined'; readonly reason: string }

/**
 * Whether gates may be left out as asked. Before production that is agreed to by typing stage and release; what is wrong
 * with the gates themselves is the plan's to say. @param typing undefined: nobody is there to type
 */
export async function leaveOut(
  { stage, release, overrides, confirmed, dryRun }: LeavingOut,
  typing: Typing | undefined,
): Promise<LeftOut> {
  const wanted = typedFor(stage, release)
  const gates = overrides.map(({ gate }) => gate).join(', ')
  const agreed = { kind: 'agreed', overrides: overrides.map((one) => ({ ...one, confirmed: wanted })) } as const
  if (!mustBeTyped(stage)) {
    return confirmed === undefined
      ? { kind: 'agreed', overrides }
      : refused(`--confirm-without-gate has no effect: before ${stage} a reason is enough. Leave it out.`)
  }
  if (confirmed !== undefined) {
    return confirmed === wanted
      ? agreed
      : refused(`--confirm-without-gate names something else than what would be brought, which is ${wanted}.`)
  }
  // A plan changes nothing, and what is refused anyway nobody needs to agree to.
  if (dryRun || overrides.length === 0 || overrideFault(stage, overrides) !== undefined) {
    return { kind: 'agreed', overrides }
  }
  if (typing === undefined) {
    return refused(
      `Leaving out ${gates} before ${stage} is agreed to by name, and there is nobody to ask here: --confirm-without-gate ${wanted}.`,
    )
  }
  const typed = await typing(
    `WITHOUT ${gates}: nobody has shown that ${release} passes. To bring it to ${stage} all the same, type ${wanted}`,
  )
  if (typed?.trim() === wanted) return agreed
  return { kind: 'declined', reason: `${wanted} was not typed. Nothing was changed.` }
}

function refused(reason: string): LeftOut {
  return { kind: 'refused', reason: `${reason} Nothing was changed.` }
}
