import type { FunctionRole } from '@sax/topology'
import { asksAnAccount } from '../doctor/asks-an-account.ts'

/** What has to be seen for a line to be ticked. */
export type Check =
  /** Every probe whose id begins so was kept, and there is one. */
  | { readonly kind: 'probes'; readonly ids: readonly string[] }
  /** No finding of `zones lint` in this stage. */
  | { readonly kind: 'lint' }
  /** `zones secrets check` agrees. */
  | { readonly kind: 'secrets' }
  /** The version that the host's traffic reaches was given the zone's public address under this name. */
  | { readonly kind: 'address'; readonly variable: string }
  /** Each of these has a released version behind its alias, alone. */
  | { readonly kind: 'released'; readonly roles: readonly FunctionRole[] }
  /** Every distribution is as its template says, behaviour by behaviour. */
  | { readonly kind: 'distributions' }

export interface Line {
  readonly id: string
  readonly part: 'Summary checklist' | 'Test 4: Navigation'
  /** The checklist's own words. */
  readonly text: string
  /** All of them have to hold. */
  readonly checks: readonly Check[]
  /** Command that looks closer, or mends. */
  readonly next: (stage: string) => string
}

const line = (part: Line['part'], id: string, text: string, next: Line['next'], ...checks: readonly Check[]): Line => ({
  id,
  part,
  text,
  checks,
  next,
})
const probes = (...ids: readonly string[]): Check => ({ kind: 'probes', ids })

const verify = (stage: string) => `npx zones verify ${stage}`
const deploy = (stage: string) => `npx zones deploy ${stage} --artefact FOLDER`

/** What comes next for an open line. What only an account has is not to be seen on a laptop. */
export function nextOf({ next }: Line, stage: string): string {
  const command = next(stage)
  return stage === 'local' && asksAnAccount(command) ? 'npx zones checklist develop' : command
}

/** Every box of the deployment checklist, in its order. What a box means here is what is looked at to tick it. */
export const lines: readonly Line[] = [
  line(
    'Summary checklist',
    'outreach-app-url',
    'Update SleepConnect `OUTREACH_APP_URL` with deployed Outreach URL',
    (stage) => `npx zones infra apply ${stage}`,
    { kind: 'address', variable: 'OUTREACH_APP_URL' },
  ),
  line(
    'Summary checklist',
    'routes-through-outreach',
    'Verify SleepConnect `next.config.js` routes API calls through Outreach',
    (stage) => `npx zones lint --stage ${stage}`,
    { kind: 'lint' },
    probes('api.templates.executed.host'),
  ),
  line(
    'Summary checklist',
    'same-secret',
    'Confirm `AUTH0_CLIENT_SECRET` matches in both apps',
    (stage) => `npx zones secrets check ${stage}`,
    { kind: 'secrets' },
    probes('context.right', 'context.forged'),
  ),
  line(
    'Summary checklist',
    'outreach-deployed',
    'Deploy Outreach app using deploy-outreach.cjs',
    deploy,
    { kind: 'released', roles: ['outreach-server', 'outreach-api-routes', 'outreach-api'] },
    probes('release.expected', 'zones.outreach.owner'),
  ),
  line(
    'Summary checklist',
    'sleepconnect-deployed',
    'Deploy SleepConnect with updated configuration',
    deploy,
    { kind: 'released', roles: ['sleep-connect-server'] },
    probes('release.named', 'release.contracts-agree'),
  ),
  line(
    'Summary checklist',
    'multi-zone-execution',
    'Test multi-zone API route execution',
    (stage) => `npx zones doctor ${stage}`,
    probes('api.templates.executed.', 'standalone.'),
  ),
  line(
    'Summary checklist',
    'logs-show-start',
    'Verify Lambda logs show `[TEMPLATES API] START`',
    (stage) => `npx zones doctor ${stage} --symptom 400-tenant`,
    probes('api.templates.hops.'),
  ),
  line(
    'Summary checklist',
    'data-not-400',
    'Confirm templates API returns data (not 400 error)',
    (stage) => `npx zones doctor ${stage} --symptom 400-tenant`,
    probes('api.templates.executed.', 'context.right', 'backend.bypass'),
  ),
  line(
    'Summary checklist',
    'cache-behaviours',
    'Check CloudFront cache behaviors',
    (stage) => `npx zones infra drift ${stage}`,
    { kind: 'distributions' },
    probes('isolation.', 'assets.zone.'),
  ),
  line(
    'Summary checklist',
    'metrics',
    'Monitor Lambda metrics for errors',
    (stage) => `npx zones doctor ${stage} --symptom 502`,
    probes('timing.failures', 'timing.cold', 'timing.warm.'),
  ),
  line('Test 4: Navigation', 'pages-load', 'Pages load correctly', verify, probes('nav.page:')),
  line(
    'Test 4: Navigation',
    'calls-succeed',
    'API calls succeed in Network tab',
    verify,
    probes('nav.page:', 'api.templates.executed.'),
  ),
  line('Test 4: Navigation', 'no-console-errors', 'No console errors', verify, probes('nav.page:')),
  line(
    'Test 4: Navigation',
    'authentication-works',
    'Authentication works',
    (stage) => `npx zones doctor ${stage} --symptom 401`,
    probes('nav.page:', 'context.session-wins', 'headers.host-page'),
  ),
  line('Test 4: Navigation', 'list-populates', 'Templates list populates', verify, probes('nav.templates-listed')),
]
