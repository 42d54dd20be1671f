import type { DeployedStage } from '@sax/infra/account-facts'
import { requiredGates, withoutGateArguments } from '@sax/zones/gates'

/** A rehearsal is what one of the gates asks for; the others say nothing about the time that something takes. */
export function withoutGates(stage: DeployedStage, release: string): readonly string[] {
  return withoutGateArguments(stage, release, requiredGates(stage), 'a rehearsal')
}
