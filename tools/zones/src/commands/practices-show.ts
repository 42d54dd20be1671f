import type { Outcome } from '../outcome.ts'
import { asked, type PracticesPorts } from '../practices/asked.ts'

/** The file that makes a tenant what it is in a stage. Looks only. */
export async function practicesShow(
  { stage: name, tenant }: { readonly stage: string; readonly tenant: string },
  ports: PracticesPorts,
): Promise<Outcome> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(tenant)) {
    return { kind: 'bad-input', reason: '--tenant is the id of a tenant, a UUID.' }
  }
  return asked(name, ports, async (stage, stored) => {
    const settings = await stored.read(tenant)
    if (settings === null) return { kind: 'failed', text: '', reason: `${stage} has no tenant of that id.` }
    return { kind: 'done', text: JSON.stringify(settings, null, 2) }
  })
}
