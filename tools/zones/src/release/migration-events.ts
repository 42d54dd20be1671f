import { migrationsAppliedAnswer, migrationsStatusAnswer, type ReleaseEvent } from '@sax/release'
import type { z } from 'zod'
import { failureText } from './function-failure.ts'
import type { ReleasePorts } from './ports.ts'
import { ReleaseStop } from './release-stop.ts'
import { functionNameOf, type StageLayout } from './stage-layout.ts'

const ROLE = 'outreach-migrations'
type Ports = Pick<ReleasePorts, 'invoke'>

/** What the migrations function of that version says of the database. @throws ReleaseStop when it does not say */
export function migrationsStatus(ports: Ports, layout: StageLayout, version: string) {
  return asked(ports, layout, version, { sax: 'migrations-status' }, migrationsStatusAnswer)
}

/** Applies those named. @throws ReleaseStop when it is not certain that all of them are */
export async function applyMigrations(ports: Ports, layout: StageLayout, version: string, names: readonly string[]) {
  const event: ReleaseEvent = { sax: 'migrations-apply', names: [...names] }
  return (await asked(ports, layout, version, event, migrationsAppliedAnswer)).applied
}

/** Sees to it that the tenants of verification exist. */
export async function prepareVerification(ports: Ports, layout: StageLayout, version: string): Promise<void> {
  await answerOf(ports, layout, ROLE, version, { sax: 'prepare-verification' })
}

async function asked<Schema extends z.ZodType>(
  ports: Ports,
  layout: StageLayout,
  version: string,
  event: ReleaseEvent,
  schema: Schema,
): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(await answerOf(ports, layout, ROLE, version, event))
  if (parsed.success) return parsed.data
  throw new ReleaseStop('failed', `${ROLE} version ${version} gave no answer to ${event.sax} that can be read.`)
}

/** What a function answers to an event of a release. @throws ReleaseStop when it fails; its own words stay in its log */
export async function answerOf(
  { invoke }: Ports,
  layout: StageLayout,
  role: string,
  version: string,
  event: ReleaseEvent,
): Promise<unknown> {
  const invoked = await invoke(functionNameOf(layout, role), version, event)
  if (invoked.kind === 'answered') return invoked.payload
  throw new ReleaseStop(
    'failed',
    `${role} version ${version} ${failureText(invoked)}, asked for ${event.sax}. Its log says why.`,
  )
}
