import { answer, anyAnswer, either, failure, isBypassed, isUpstreamFault, runsPlaceholder } from '../looks.ts'
import type { Observations, QuestionName } from '../observations.ts'
import { fork, type Look, leaf, lookAt, type Tree } from '../tree.ts'

/** Answers that a fault of a function would show in. */
export const upstreamAnswers = [
  'api.host.cookie',
  'api.outreach.cookie',
  'page.host.token',
  'page.outreach.token',
  'health.host',
  'health.outreach',
  'health.api-routes',
  'health.backend',
] as const satisfies readonly QuestionName[]

/** Whether something on the way does not answer, or cannot for want of a release. */
export function isBroken(seen: Observations): Look {
  const faults = anyAnswer(seen, upstreamAnswers, isUpstreamFault)
  const unreleased = runsPlaceholder(seen)
  // Where functions cannot be looked at, answers alone decide.
  return unreleased.answer === 'unseen' ? faults : either(unreleased, faults)
}

/** 502, 503 and 504: something on the way does not answer. It is no sign of a way around the zone. */
export const badGateway: Tree = fork(
  'is-there',
  'Does anything answer 502, 503 or 504, or is nothing released that could answer?',
  isBroken,
  fork(
    'no-alias',
    'Is there a function without anything behind its alias "live", or whose address is not the alias\'s?',
    (seen) =>
      lookAt(seen.functions, (functions) => {
        const hit = functions.find(({ version, urlAtAlias }) => version === undefined || urlAtAlias === false)
        return {
          is: hit !== undefined,
          evidence:
            hit === undefined
              ? 'every function has a version behind its alias, and its address there'
              : `${hit.role}: ${hit.version === undefined ? 'no alias' : 'its address does not belong to the alias'}`,
        }
      }),
    leaf(
      'wrong-alias',
      'Traffic does not reach the alias "live" of a function.',
      ({ stage }) => `npx zones infra apply ${stage}`,
    ),
    fork(
      'placeholder',
      'Does an alias still point at the placeholder, version 1?',
      runsPlaceholder,
      leaf(
        'never-released',
        'Nothing has been released to this function, or its alias was put back to the beginning.',
        ({ stage }) => `npx zones deploy ${stage} --artefact FOLDER`,
      ),
      fork(
        'init',
        'Did a function fail while it was starting?',
        (seen) => failure(seen, (_, phase) => phase === 'init'),
        leaf(
          'init-crash',
          'A function cannot start: its package lacks a module, or a setting or a secret that it refuses to start without.',
          ({ stage }) => `npx zones rollback ${stage}`,
        ),
        fork(
          'timeout',
          'Did a function run out of time?',
          (seen) => failure(seen, (errorType) => /timeout|Timedout/i.test(errorType)),
          fork(
            'timeout-database',
            'Does the backend say that its database does not answer?',
            (seen) => answer(seen, 'health.backend', ({ status, code }) => status >= 500 || code === 'degraded'),
            leaf(
              'database',
              'The backend waits for a database that does not answer.',
              ({ stage }) => `npx zones infra status ${stage}`,
            ),
            leaf(
              'timeout',
              'A function needs longer than it is given, although its database answers.',
              ({ stage }) => `npx zones rollback ${stage}`,
            ),
          ),
          fork(
            'oversize',
            'Was an answer larger than a function may give?',
            (seen) => failure(seen, (errorType) => /ResponseSizeTooLarge/.test(errorType)),
            leaf(
              'oversize',
              'An answer is larger than 6 MB, and the function does not stream it.',
              ({ stage }) => `npx zones infra drift ${stage}`,
            ),
            fork(
              'database',
              'Does the backend say that its database does not answer?',
              (seen) => answer(seen, 'health.backend', ({ status, code }) => isUpstream(status) || code === 'degraded'),
              leaf(
                'database',
                'The backend answers, and its database does not.',
                ({ stage }) => `npx zones infra status ${stage}`,
              ),
              fork(
                'crash',
                'Did a call of a function end with an error?',
                (seen) => failure(seen, (_, phase) => phase === 'call'),
                leaf('crash', 'A function throws while it answers.', ({ stage }) => `npx zones rollback ${stage}`),
                leaf(
                  'unreached',
                  'No function reports a failure: the distribution does not reach its origin.',
                  ({ stage }) => `npx zones infra drift ${stage}`,
                ),
              ),
            ),
          ),
        ),
      ),
    ),
  ),
  fork(
    'bypass-instead',
    'Is it a 400 "Invalid or missing tenant_id" instead?',
    (seen) => anyAnswer(seen, ['api.host.cookie', 'api.outreach.cookie'], isBypassed),
    leaf(
      'is-400',
      'Nothing answers 502. What is seen is a way around the zone, which is a 400.',
      ({ stage }) => `npx zones doctor ${stage} --symptom 400-tenant`,
    ),
    leaf('not-seen', 'Nothing answers 502, 503 or 504 now.', ({ stage }) => `npx zones verify ${stage}`),
  ),
)

function isUpstream(status: number): boolean {
  return status >= 500
}
