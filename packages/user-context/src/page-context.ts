import type { UserContext } from './user-context.ts'

/**
 * Header by which a page says whom, and which practice, it was made for. It grants nothing: a call made for somebody
 * else than the token names is refused, so that a tab left open never reads or writes in another person's name.
 */
export const PAGE_CONTEXT_NAME = 'x-page-context'

/** What a page made for this person in this practice says: `<sax_id>.<practice_id>`. */
export function pageContext({ saxId, practiceId }: Pick<UserContext, 'saxId' | 'practiceId'>): string {
  return `${saxId}.${practiceId.toLowerCase()}`
}
