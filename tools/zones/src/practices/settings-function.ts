import type { DeployedStage } from '@sax/infra/account-facts'
import {
  type NumbersAnswer,
  numbersAnswer,
  type SettingsEvent,
  type SettingsWrittenAnswer,
  settingsWrittenAnswer,
  type TenantSettings,
  tenantSettingsAnswer,
} from '@sax/release'
import { functionName, LIVE_ALIAS } from '@sax/topology'
import type * as z from 'zod'
import type { Invocation, Invoked } from '../aws/invoke.ts'
import { failureText } from '../release/function-failure.ts'

/** A stage's database, as far as it is asked about tenants. */
export interface SettingsFunction {
  /** Null: there is no such tenant. @throws SettingsUnanswered, AwsFailure */
  readonly read: (tenantId: string) => Promise<TenantSettings | null>
  /** @throws SettingsUnanswered, AwsFailure */
  readonly numbers: () => Promise<NumbersAnswer>
  /** Without `plan` it is only said what would change. @throws SettingsUnanswered, AwsFailure */
  readonly write: (settings: TenantSettings, plan?: string) => Promise<SettingsWrittenAnswer>
}

/** The function was reached and gave no answer. What it wrote itself is not repeated: it may quote what it was sent. */
export class SettingsUnanswered extends Error {
  override readonly name = 'SettingsUnanswered'
}

/** Asks the migrations of the release that is live: they alone may change every table. */
export function settingsFunction(
  stage: DeployedStage,
  invoke: (invocation: Invocation) => Promise<Invoked>,
): SettingsFunction {
  const asked = async <Schema extends z.ZodType>(event: SettingsEvent, schema: Schema): Promise<z.output<Schema>> => {
    const name = functionName(stage, 'outreach-migrations')
    const invoked = await invoke({ functionName: name, qualifier: LIVE_ALIAS, event })
    if (invoked.kind === 'failed') {
      throw new SettingsUnanswered(
        invoked.errorType === 'TypeError'
          ? `The release that is live in ${stage} knows nothing of settings of tenants. Bring a newer one: npx zones deploy ${stage} --artefact <dir>`
          : `${name} ${failureText(invoked)}. Its log says why: npx zones doctor ${stage}`,
      )
    }
    const parsed = schema.safeParse(invoked.payload)
    if (parsed.success) return parsed.data
    throw new SettingsUnanswered(
      `${name} gave no answer that can be read. Was anything released there yet? npx zones releases ${stage}`,
    )
  }
  return {
    read: async (tenantId) => (await asked({ sax: 'tenant-settings-read', tenantId }, tenantSettingsAnswer)).settings,
    numbers: () => asked({ sax: 'numbers-read' }, numbersAnswer),
    write: (settings, plan) =>
      asked({ sax: 'tenant-settings-write', settings, ...(plan === undefined ? {} : { plan }) }, settingsWrittenAnswer),
  }
}
