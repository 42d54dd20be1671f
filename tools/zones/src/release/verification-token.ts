import { type ReleaseEvent, verificationTokenAnswer } from '@sax/release'
import { answerOf } from './migration-events.ts'
import type { ReleasePorts } from './ports.ts'
import { ReleaseStop } from './release-stop.ts'
import type { StageLayout } from './stage-layout.ts'

/** The function that alone mints user contexts. */
export const HOST = 'sleep-connect-server'

/** In what a minted token is wrong. Undefined: in nothing. */
export type Flaw = Extract<ReleaseEvent, { sax: 'verification-token' }>['flaw']

/** A token of the first person of verification, minted by that version of the host. @throws ReleaseStop `failed` */
export async function mintToken(
  ports: Pick<ReleasePorts, 'invoke'>,
  layout: StageLayout,
  version: string,
  flaw?: Flaw,
): Promise<string> {
  const event = { sax: 'verification-token', of: 'first', ...(flaw === undefined ? {} : { flaw }) } as const
  const parsed = verificationTokenAnswer.safeParse(await answerOf(ports, layout, HOST, version, event))
  if (!parsed.success) throw new ReleaseStop('failed', 'The host mints no token for verification.')
  return parsed.data.token
}
