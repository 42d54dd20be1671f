import type { SecretName } from '@sax/infra/secrets'
import type { RotationStep } from './rotation.ts'

interface StepWords {
  /** What the step does, for whoever has to agree to it. */
  readonly does: string
  /** What holds once it is done. */
  readonly holds: string
}

/** What each step means to those who use the site. */
export const rotationWords: Readonly<Record<SecretName, Readonly<Partial<Record<RotationStep, StepWords>>>>> = {
  'user-context': {
    prepare: {
      does: 'A next signing secret is made here. Every zone accepts it from now on, and nobody signs with it yet.',
      holds: 'The next signing secret is accepted, and nobody signs with it yet.',
    },
    promote: {
      does: 'The next signing secret signs from now on. The one before is still accepted, so that nobody notices.',
      holds: 'The new signing secret signs, and the one before is still accepted.',
    },
    retire: {
      does: 'The signing secret before is accepted no longer. No token under it is alive.',
      holds: 'The rotation is complete: one signing secret is left.',
    },
  },
  session: {
    exchange: {
      does: 'A session secret is made here and used at once. Sessions under the one before stay open.',
      holds: 'The new session secret is used, and sessions under the one before stay open.',
    },
    retire: {
      does: 'The session secret before is accepted no longer. No session under it is alive.',
      holds: 'The rotation is complete: one session secret is left.',
    },
  },
  twilio: {
    exchange: {
      does: "The secondary token of Twilio's console is used from now on. What Twilio signs with the one before is still accepted.",
      holds:
        "The new token is used, and what Twilio signs with the one before is still accepted. In six minutes every process has read it: make it the primary token in Twilio's console then, and not before.",
    },
    retire: {
      does: "What Twilio signs with the token before is accepted no longer. Agree only if the new one is the primary token in Twilio's console: otherwise messages from patients are refused.",
      holds: 'The rotation is complete: one token is left.',
    },
  },
  auth0: {
    exchange: {
      does: 'The client secret that Auth0 has already is used from now on. Until every process has read it, within five minutes, people cannot sign in; whoever is signed in stays so.',
      holds: 'The client secret is exchanged. Every process has read it in five minutes.',
    },
  },
}
