import { type App, Validations } from 'aws-cdk-lib/core'
import { HIPAASecurityChecks } from 'cdk-nag'
import { acknowledge } from './acknowledgements.ts'
import { type AppProps, createApp } from './app.ts'

/** The same stacks, judged when they are synthesized: by CloudFormation's own rules, and by the HIPAA pack. */
export function createJudgedApp(props: Omit<AppProps, 'validated'>): App {
  const app = createApp({ ...props, validated: true })
  acknowledge(app)
  Validations.of(app).addPlugins(new HIPAASecurityChecks(app))
  return app
}
