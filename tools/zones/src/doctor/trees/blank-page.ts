import { answer, anyAnswer, drifted } from '../looks.ts'
import type { SeenAnswer } from '../observations.ts'
import { fork, leaf, type Tree } from '../tree.ts'

/** A page smaller than this shows nothing, bytes. */
const LEAST_BYTES = 2000

const PAGES = ['page.host.token', 'page.outreach.token'] as const
export const isBlank = ({ status, bodyBytes, hasMain }: SeenAnswer) =>
  status === 200 && (bodyBytes < LEAST_BYTES || !hasMain)

/** A page that answers 200 and shows nothing. */
export const blankPage: Tree = fork(
  'is-there',
  'Does a page answer 200 with nothing to show?',
  (seen) => anyAnswer(seen, PAGES, isBlank),
  fork(
    'data',
    'Was navigation data served in place of the page?',
    (seen) => anyAnswer(seen, PAGES, ({ headers }) => /x-component/.test(headers['content-type'] ?? '')),
    leaf(
      'data-as-page',
      'A cache keeps what a navigation asked for and serves it as the page.',
      ({ stage }) => `npx zones infra drift ${stage}`,
    ),
    fork(
      'one-name',
      "Is the page whole on the zone's own name?",
      (seen) => answer(seen, 'page.outreach.token', (page) => page.status === 200 && !isBlank(page)),
      fork(
        'distribution',
        'Does a distribution differ from its template?',
        (seen) => drifted(seen, 'Distributions', /./),
        leaf(
          'distribution',
          "The host's distribution changes the page on its way.",
          ({ stage }) => `npx zones infra drift ${stage}`,
        ),
        leaf(
          'host-carries',
          "The host's function loses the page's body while it carries it.",
          ({ stage }) => `npx zones rollback ${stage}`,
        ),
      ),
      fork(
        'mode',
        'Does a function or its address differ from its template?',
        (seen) => drifted(seen, 'Functions', /InvokeMode|address|Url/i),
        leaf(
          'streaming-mode',
          'A function streams and its address does not, or the other way round.',
          ({ stage }) => `npx zones infra apply ${stage}`,
        ),
        leaf(
          'zone-empty',
          "The zone's own function answers an empty page.",
          ({ stage }) => `npx zones rollback ${stage}`,
        ),
      ),
    ),
  ),
  fork(
    'scripts',
    "Do the page's scripts or styles not come?",
    (seen) => anyAnswer(seen, ['asset.host', 'asset.outreach'], ({ status }) => status >= 400),
    leaf(
      'files-missing',
      'The page is whole, and the files that bring it to life do not come.',
      ({ stage }) => `npx zones doctor ${stage} --symptom static-404`,
    ),
    leaf(
      'not-seen',
      'Pages have content now, and so do their files; what a browser says is seen by the whole verification.',
      ({ stage }) => `npx zones verify ${stage}`,
    ),
  ),
)
