import { type Finding, ordered } from './finding.ts'
import type { LintModel } from './model.ts'
import { apiBypass } from './rules/api-bypass.ts'
import { brokenConfiguration } from './rules/broken-configuration.ts'
import { bucketPolicy } from './rules/bucket-policy.ts'
import { buildTimeDestination } from './rules/build-time-destination.ts'
import { cachedSignedIn } from './rules/cached-signed-in.ts'
import { caseMismatch } from './rules/case-mismatch.ts'
import { catchAllProxy } from './rules/catch-all-proxy.ts'
import { endOfLifeRuntime } from './rules/end-of-life-runtime.ts'
import { errorCaching } from './rules/error-caching.ts'
import { expiringAssets } from './rules/expiring-assets.ts'
import { foreignStageHost } from './rules/foreign-stage-host.ts'
import { forwardedHostNotOverwritten } from './rules/forwarded-host.ts'
import { hostForwarded } from './rules/host-forwarded.ts'
import { hostKnowsBackend } from './rules/host-knows-backend.ts'
import { identicalSecrets } from './rules/identical-secrets.ts'
import { impossibleCompression } from './rules/impossible-compression.ts'
import { missingExactPath } from './rules/missing-exact-path.ts'
import { missingStaticBehavior } from './rules/missing-static-behavior.ts'
import { overlappingPatterns } from './rules/overlapping-patterns.ts'
import { publicOrigin } from './rules/public-origin.ts'
import type { Rule } from './rules/rule.ts'
import { secretsInEnv } from './rules/secrets-in-env.ts'
import { streamMode, unshippedProxy } from './rules/shipped-as-built.ts'
import { swallowedAssets } from './rules/swallowed-assets.ts'
import { unknownPolicy } from './rules/unknown-policy.ts'
import { unmatchedProxy } from './rules/unmatched-proxy.ts'
import { unroutedZone } from './rules/unrouted-zone.ts'
import { urlNotOnAlias } from './rules/url-not-on-alias.ts'
import { writesBlocked } from './rules/writes-blocked.ts'
import { wrongName } from './rules/wrong-name.ts'
import { wrongOrder } from './rules/wrong-order.ts'

const rules: readonly Rule[] = [
  apiBypass,
  missingExactPath,
  missingStaticBehavior,
  wrongOrder,
  swallowedAssets,
  overlappingPatterns,
  caseMismatch,
  unknownPolicy,
  cachedSignedIn,
  hostForwarded,
  impossibleCompression,
  writesBlocked,
  bucketPolicy,
  publicOrigin,
  forwardedHostNotOverwritten,
  foreignStageHost,
  buildTimeDestination,
  hostKnowsBackend,
  catchAllProxy,
  errorCaching,
  unmatchedProxy,
  endOfLifeRuntime,
  secretsInEnv,
  identicalSecrets,
  urlNotOnAlias,
  wrongName,
  unroutedZone,
  expiringAssets,
  streamMode,
  unshippedProxy,
  brokenConfiguration,
]

/** Everything the rules find in a model, each finding once, in the order of its place. */
export function judge(model: LintModel): readonly Finding[] {
  return ordered(rules.flatMap((rule) => rule(model)))
}
