import { randomBytes } from 'node:crypto'
import type { AccountFacts, DeployedStage } from '@sax/infra/account-facts'
import { stages } from '@sax/topology'
import type { ConnectedStage } from '../asking/connect-stage.ts'
import { createFunctionUrls } from '../aws/function-urls.ts'
import { createFunctionEnvironments } from '../aws/lambda-environment.ts'
import { createLiveFunctions } from '../aws/live-functions.ts'
import { createSecretStore } from '../aws/secrets-manager.ts'
import type { Env } from '../env.ts'
import { connectCloud } from '../infra/connect.ts'
import { templatesOf } from '../infra/templates-of.ts'
import { fingerprintUnder } from '../secrets/fingerprint.ts'
import type { StageSights } from './look.ts'
import { stageSights } from './stage-sights.ts'

/** What the account shows of a stage, read from AWS or what stands in for it. */
export function readSights(
  stage: DeployedStage,
  facts: AccountFacts,
  { logs }: Pick<ConnectedStage, 'logs'>,
  env: Pick<Env, 'awsEndpoint' | 'awsMaxAttempts' | 'dnsServer'>,
): Promise<StageSights> {
  const settings = { region: stages[stage].region, endpoint: env.awsEndpoint, maxAttempts: env.awsMaxAttempts }
  return stageSights({
    ...{ stage, facts, logs },
    cloud: connectCloud(settings, env.dnsServer),
    templates: templatesOf(stage, facts),
    live: createLiveFunctions(settings),
    urls: createFunctionUrls(settings),
    store: createSecretStore(settings),
    environments: createFunctionEnvironments(settings),
    fingerprint: fingerprintUnder(randomBytes(32)),
  })
}
