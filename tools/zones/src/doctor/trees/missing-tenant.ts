import { answer, anyAnswer, drifted, isBypassed } from '../looks.ts'
import { fork, leaf, lookAt, type Tree } from '../tree.ts'

/** 400 "Invalid or missing tenant_id": the backend was asked by somebody other than the zone's handlers. */
export const missingTenant: Tree = fork(
  'is-there',
  'Does the template list answer 400 "Invalid or missing tenant_id"?',
  (seen) => anyAnswer(seen, ['api.host.cookie', 'api.outreach.cookie'], isBypassed),
  fork(
    'handler-ran',
    'Did a handler of the zone log that it ran ("[TEMPLATES API] START")?',
    (seen) =>
      lookAt(seen.handlerRan, (ran) => ({
        is: ran,
        evidence: ran ? 'its line is in the log' : 'its line is not in the log',
      })),
    leaf(
      'headers-lost',
      'The handler ran, and its headers do not reach the backend: zone and backend are of different releases.',
      ({ stage }) => `npx zones rollback ${stage}`,
    ),
    fork(
      'own-name',
      "Does the zone's own name answer rightly?",
      (seen) => answer(seen, 'api.outreach.cookie', ({ status }) => status === 200),
      fork(
        'host-distribution',
        'Does a behaviour of a distribution differ from its template?',
        (seen) => drifted(seen, 'Distributions', /origin|behavio|path/i),
        leaf(
          'distribution-bypass',
          "The host's distribution sends the zone's API to another origin than the zone's.",
          ({ stage }) => `npx zones infra drift ${stage}`,
        ),
        leaf(
          'host-bypass',
          "The host's own function sends the zone's API to the backend: it runs another routing than this site's.",
          ({ stage }) => `npx zones rollback ${stage}`,
        ),
      ),
      leaf(
        'zone-bypass',
        "The zone's API routes are not reached on either name: a behaviour leads around them.",
        ({ stage }) => `npx zones infra drift ${stage}`,
      ),
    ),
  ),
  fork(
    'only-direct',
    'Does the backend say so to whoever asks it directly?',
    (seen) => answer(seen, 'backend.bare', isBypassed),
    leaf(
      'as-it-should',
      'Only a request that goes to the backend directly is answered so, as it should be.',
      ({ stage }) => `npx zones verify ${stage}`,
    ),
    leaf('not-seen', 'Nothing answers 400 for want of a tenant now.', ({ stage }) => `npx zones verify ${stage}`),
  ),
)
