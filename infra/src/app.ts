import type { RoutingMode } from '@sax/topology'
import { App, BootstraplessSynthesizer, type IReusableStackSynthesizer } from 'aws-cdk-lib/core'
import flags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' }
import { BackendStack } from './stacks/backend-stack.ts'
import { SiteStack } from './stacks/site-stack.ts'
import type { StageDescription } from './stage-description.ts'

export interface AppProps {
  readonly stages: readonly StageDescription[]
  /** The site's stack is made once for each. */
  readonly routings: readonly RoutingMode[]
  /** Folder that templates are written to. */
  readonly outdir: string
  /** Whether CloudFormation's own rules judge the templates, which takes seconds. */
  readonly validated: boolean
}

/** The stacks of the given stages. Looks nothing up: no account and no network are needed. */
export function createApp({ stages, routings, outdir, validated }: AppProps): App {
  const app = new App({
    outdir,
    context: flags,
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: validated,
    // Templates hold no assets, so that they need no bootstrap. The cast: its qualifier may be undefined, the interface's not.
    defaultStackSynthesizer: new BootstraplessSynthesizer() as IReusableStackSynthesizer,
  })
  for (const described of stages) {
    new BackendStack(app, described)
    for (const routing of routings) new SiteStack(app, described, routing)
  }
  return app
}
