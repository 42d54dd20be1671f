import type { Outcome } from './outcome.ts'

/** The answer to a stage that cannot be looked at. Does not repeat what was given: now and then that is a secret. */
export function noSuchSite(stage: string): Outcome {
  return {
    kind: 'bad-input',
    reason:
      stage === 'rehearsal'
        ? 'A rehearsal has the name of the stage that it plays: npm run rehearse -- --keep says what to export, and then it is "develop".'
        : 'There is no such stage; there are local, develop, staging, production.',
  }
}
