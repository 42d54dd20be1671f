import { App, BootstraplessSynthesizer, type IReusableStackSynthesizer, Validations } from 'aws-cdk-lib/core'
import flags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' }
import { HIPAASecurityChecks } from 'cdk-nag'
import type { AccountFacts, DeployedStage, StageAccounts } from './account-facts.ts'
import { acknowledge } from './acknowledgements.ts'
import { BackendStack } from './stacks/backend-stack.ts'
import { SiteStack } from './stacks/site-stack.ts'

export { type AccountFacts, AccountFactsError, type DeployedStage, parseAccountFacts } from './account-facts.ts'

export interface AppProps {
  /** Stages to synthesize, with what a person gave for each. */
  readonly accounts: StageAccounts
  /** Folder that templates are written to. */
  readonly outdir: string
  /** Whether templates are judged as well, which takes seconds: CloudFormation's own rules, and the HIPAA pack. */
  readonly judged: boolean
}

/** The stacks of every given stage, in both routing modes. Looks nothing up: no account and no network are needed. */
export function createApp({ accounts, outdir, judged }: AppProps): App {
  const app = new App({
    outdir,
    context: flags,
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: judged,
    // Templates hold no assets, so that they need no bootstrap. The cast: its qualifier may be undefined, the interface's not.
    defaultStackSynthesizer: new BootstraplessSynthesizer() as IReusableStackSynthesizer,
  })
  for (const [stage, facts] of Object.entries(accounts) as readonly [DeployedStage, AccountFacts][]) {
    new BackendStack(app, { stage, facts })
    for (const routing of ['host', 'edge'] as const) new SiteStack(app, { stage, routing, facts })
  }
  if (judged) {
    acknowledge(app)
    Validations.of(app).addPlugins(new HIPAASecurityChecks(app))
  }
  return app
}
