import { anyAnswer, drifted } from '../looks.ts'
import type { SeenAnswer } from '../observations.ts'
import { fork, leaf, lookAt, type Tree } from '../tree.ts'
import { releases } from './skew.ts'

const PAGES = ['page.host.token', 'page.outreach.token', 'page.host.nobody'] as const
/** @source AWS CloudFront Developer Guide, "Standard logging reference" (x-edge-result-type) and the X-Cache header */
export const isCached = ({ headers }: SeenAnswer) =>
  /^(?:Hit|RefreshHit)/i.test(headers['x-cache'] ?? '') || Number(headers.age ?? 0) > 0
const mayBeKept = ({ status, headers }: SeenAnswer) =>
  status === 200 && !/\bno-store\b/.test(headers['cache-control'] ?? '')

/** A page of yesterday, or of somebody else. */
export const stalePage: Tree = fork(
  'cached',
  'Did a page come out of a cache?',
  (seen) => anyAnswer(seen, PAGES, isCached),
  fork(
    'behaviour',
    'Does a behaviour of a distribution differ from its template?',
    (seen) => drifted(seen, 'Distributions', /./),
    leaf(
      'cached-behaviour',
      'A behaviour keeps pages that belong to one person.',
      ({ stage }) => `npx zones infra drift ${stage}`,
    ),
    leaf(
      'cached-elsewhere',
      'The distributions are as they should be: another cache stands before or behind them.',
      ({ stage }) => `npx zones infra status ${stage}`,
    ),
  ),
  fork(
    'keepable',
    'Does a page allow itself to be kept?',
    (seen) => anyAnswer(seen, PAGES, mayBeKept),
    leaf('keepable', 'A page does not say that nobody may keep it.', ({ stage }) => `npx zones rollback ${stage}`),
    fork(
      'skew',
      'Do the parts run different releases?',
      (seen) =>
        lookAt(releases(seen), (said) => ({
          is: new Set(said.map(({ release }) => release)).size > 1,
          evidence: said.map(({ part, release }) => `${part} ${release}`).join(', '),
        })),
      leaf(
        'old-release',
        'Part of the site still runs the release before.',
        ({ stage }) => `npx zones doctor ${stage} --symptom skew`,
      ),
      leaf('not-seen', 'Pages are fresh now, and nobody may keep them.', ({ stage }) => `npx zones verify ${stage}`),
    ),
  ),
)
