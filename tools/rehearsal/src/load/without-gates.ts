import type { DeployedStage } from '@sax/infra/account-facts'
import { requiredGates } from '@sax/zones/gates'

/** A rehearsal is what one of the gates asks for; the others say nothing about the time that something takes. */
export function withoutGates(stage: DeployedStage): readonly string[] {
  return [...requiredGates(stage).flatMap((gate) => ['--without-gate', gate]), '--because', 'a rehearsal']
}
