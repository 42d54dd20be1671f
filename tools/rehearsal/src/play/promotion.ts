import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DeployedStage } from '@sax/infra/account-facts'
import type { Rehearsal } from '../start-rehearsal.ts'

/** The stage in which a release has to have been seen before it may come to `stage`. Undefined: there is none. */
export function stageBefore(stage: DeployedStage): DeployedStage | undefined {
  return stage === 'production' ? 'staging' : undefined
}

/** What `zones promote` gets to come from another account: a profile of the AWS configuration, and that stage's facts. */
export interface Promotion {
  readonly from: DeployedStage
  readonly profile: string
  readonly env: Readonly<Record<string, string>>
}

/** What is needed of a rehearsal to promote from it, or to it. */
export type Promoted = Pick<Rehearsal, 'stage' | 'env'> & { readonly cloud: Pick<Rehearsal['cloud'], 'endpoint'> }

const PROFILE = 'from'

/** The way of a release from the stage of `from`, in its own account, to the one of `to`. */
export function promotionBetween(from: Promoted, to: Promoted, folder: string): Promotion {
  const facts = join(from.env.SAX_ACCOUNTS_ROOT ?? '', 'packages', 'topology', 'accounts', `${from.stage}.json`)
  const beside = join(to.env.SAX_ACCOUNTS_ROOT ?? '', 'packages', 'topology', 'accounts', `${from.stage}.json`)
  mkdirSync(dirname(beside), { recursive: true })
  copyFileSync(facts, beside)
  const config = join(folder, 'aws-config')
  const { AWS_ACCESS_KEY_ID: id = '', AWS_SECRET_ACCESS_KEY: secret = '' } = from.env
  const lines = [`[profile ${PROFILE}]`, `aws_access_key_id = ${id}`, `aws_secret_access_key = ${secret}`, '']
  writeFileSync(config, lines.join('\n'), { mode: 0o600 })
  const places = { AWS_CONFIG_FILE: config, SAX_FROM_ENDPOINT_URL: from.cloud.endpoint }
  return { from: from.stage, profile: PROFILE, env: { ...to.env, ...places } }
}
