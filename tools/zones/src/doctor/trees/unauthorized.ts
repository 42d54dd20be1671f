import { answer, anyAnswer, drifted, gaveNoToken } from '../looks.ts'
import { fork, leaf, lookAt, type Tree } from '../tree.ts'

/** Clocks may differ by so much. @source packages/user-context, clock tolerance */
const TOLERANCE_SEC = 60

const TOKENS = ['api.host.cookie', 'api.host.header', 'api.outreach.cookie', 'api.outreach.header'] as const

/** 401 to somebody whose token is right. */
export const unauthorized: Tree = fork(
  'token',
  'Does the host give no token at all?',
  gaveNoToken,
  leaf(
    'cannot-sign',
    'The host cannot sign a token: its secret is missing or unusable, or it runs no release that can.',
    ({ stage }) => `npx zones secrets check ${stage}`,
  ),
  fork(
    'is-there',
    'Is a right token answered 401 anywhere?',
    (seen) => anyAnswer(seen, TOKENS, ({ status }) => status === 401),
    fork(
      'cookie-lost',
      'Is it accepted in the header, and refused in the cookie?',
      (seen) => {
        const header = answer(seen, 'api.host.header', ({ status }) => status === 200)
        return header.answer === 'yes' ? answer(seen, 'api.host.cookie', ({ status }) => status === 401) : header
      },
      fork(
        'policy',
        'Does a behaviour of a distribution differ from its template?',
        (seen) => drifted(seen, 'Distributions', /polic|behavio/i),
        leaf(
          'cookies-not-forwarded',
          'A behaviour does not forward cookies.',
          ({ stage }) => `npx zones infra drift ${stage}`,
        ),
        leaf(
          'cookie-dropped',
          'The cookie is lost between the host and the zone.',
          ({ stage }) => `npx zones rollback ${stage}`,
        ),
      ),
      fork(
        'secrets',
        'Do the applications read different secrets?',
        (seen) =>
          lookAt(seen.secrets, ({ disagreements: [first] }) => ({
            is: first !== undefined,
            evidence: first === undefined ? 'all read the same ones' : `${first.about} ${first.why}`,
          })),
        leaf('secrets-differ', 'Host, zone and backend do not read the same signing secret.', ({ secrets, stage }) => {
          const [first] = secrets.kind === 'seen' ? secrets.value.disagreements : []
          return first?.next ?? `npx zones secrets check ${stage}`
        }),
        fork(
          'expired',
          'Did the zone refuse it as expired?',
          (seen) => refusedAs(seen, 'expired'),
          fork(
            'clock',
            'Do the clocks differ by more than a minute?',
            (seen) =>
              lookAt(seen.clockSkewSec, (skew) => ({
                is: Math.abs(skew) > TOLERANCE_SEC,
                evidence: `our clock is ${Math.round(Math.abs(skew))} s ${skew < 0 ? 'behind' : 'ahead'}`,
              })),
            leaf('clock', 'The clocks differ: tokens end before they are used.', 'timedatectl set-ntp true'),
            leaf(
              'expired',
              'Tokens reach the zone after their end: something keeps an answer or a cookie too long.',
              ({ stage }) => `npx zones doctor ${stage} --symptom stale-page`,
            ),
          ),
          fork(
            'rotation',
            'Was the signing secret changed a moment ago?',
            (seen) =>
              lookAt(seen.secrets, ({ secrets }) => {
                const signing = secrets.find(({ name }) => name === 'user-context')
                const ageSec = signing?.ageSec ?? Number.POSITIVE_INFINITY
                return {
                  is: ageSec < 600,
                  evidence: Number.isFinite(ageSec)
                    ? `its value is ${Math.round(ageSec)} s old`
                    : 'its age is not known',
                }
              }),
            leaf(
              'rotation-under-way',
              'The signing secret is new; functions keep the one before for five minutes.',
              ({ stage }) => `npx zones secrets rotate ${stage} user-context --status`,
            ),
            leaf(
              'untrusted',
              'The zone does not trust tokens of this host, although all read the same secret: a function kept an old one, or is of another release.',
              ({ stage }) => `npx zones doctor ${stage} --symptom skew`,
            ),
          ),
        ),
      ),
    ),
    leaf('not-seen', 'Right tokens are accepted now.', ({ stage }) => `npx zones verify ${stage}`),
  ),
)

function refusedAs(seen: Parameters<typeof answer>[0], code: string) {
  return lookAt(seen.refusals, (codes) => ({
    is: codes.includes(code),
    evidence: codes.length === 0 ? 'no refusal is in the log' : `refused as ${[...new Set(codes)].join(', ')}`,
  }))
}
