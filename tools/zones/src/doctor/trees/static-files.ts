import { answer, anyAnswer, drifted } from '../looks.ts'
import { fork, leaf, type Tree } from '../tree.ts'

const isMissing = ({ status }: { readonly status: number }) => status === 404 || status === 403

/** A file that a page names does not come. */
export const staticFiles: Tree = fork(
  'is-there',
  'Does a file that a page names answer 403 or 404?',
  (seen) => anyAnswer(seen, ['asset.host', 'asset.outreach'], isMissing),
  fork(
    'one-name',
    'Does it come on the other name?',
    (seen) => anyAnswer(seen, ['asset.host', 'asset.outreach'], ({ status }) => status === 200),
    fork(
      'forbidden',
      'Is it 403?',
      (seen) => anyAnswer(seen, ['asset.host', 'asset.outreach'], ({ status }) => status === 403),
      leaf(
        'bucket-policy',
        'The bucket does not trust one of the distributions.',
        ({ stage }) => `npx zones infra apply ${stage}`,
      ),
      leaf(
        'behaviour-missing',
        "One distribution does not send the zone's files to their bucket.",
        ({ stage }) => `npx zones infra drift ${stage}`,
      ),
    ),
    fork(
      'behaviour',
      'Does a behaviour of a distribution differ from its template?',
      (seen) => drifted(seen, 'Distributions', /behavio|path|origin|static/i),
      leaf(
        'behaviour-wrong',
        "The distributions do not send the zone's files to their bucket.",
        ({ stage }) => `npx zones infra drift ${stage}`,
      ),
      fork(
        'bucket',
        'Does a bucket differ from its template?',
        (seen) => drifted(seen, 'Buckets', /./),
        leaf(
          'bucket-policy',
          'The bucket does not trust the distributions.',
          ({ stage }) => `npx zones infra apply ${stage}`,
        ),
        leaf(
          'not-uploaded',
          'The page that runs names a file that no release has brought into the bucket.',
          ({ stage }) => `npx zones deploy ${stage} --artefact FOLDER`,
        ),
      ),
    ),
  ),
  fork(
    'page-seen',
    'Was there a page to take names from?',
    (seen) => answer(seen, 'page.outreach.token', ({ status }) => status === 200),
    leaf('not-seen', 'Every file that the pages name comes now.', ({ stage }) => `npx zones verify ${stage}`),
    leaf(
      'no-page',
      'The page itself does not come, so that nobody can say which files it names.',
      ({ stage }) => `npx zones doctor ${stage}`,
    ),
  ),
)
