import { people } from './people.ts'
import { practices } from './practices.ts'
import { seededRandom } from './random.ts'
import { type Place, type TemplateText, templateTexts } from './template-texts.ts'

export interface SampleTemplate {
  readonly id: string
  readonly tenantId: string
  /** Null: for every practice of the tenant. */
  readonly practiceId: string | null
  /** Null: shared. */
  readonly ownerSaxId: number | null
  readonly name: string
  /** Slug of a category. */
  readonly category: string
  readonly content: string
  /** Who wrote it. */
  readonly updatedBySaxId: number
  /** How often each person has used it; people who never did are absent. */
  readonly uses: readonly { readonly saxId: number; readonly count: number }[]
  /** ISO 8601, UTC */
  readonly createdAt: string
}

const placePractice: Readonly<Record<Exclude<Place, 'north' | 'west'>, (typeof practices)[number]>> = {
  harbor: practices[0],
  brendan: practices[1],
  lakeview: practices[2],
  puget: practices[3],
  mesa: practices[4],
}

/** Thirty templates of two tenants; the first is the seed practice's shared "Welcome Message". */
export const templates: readonly SampleTemplate[] = templateTexts.map((text, index) => createTemplate(text, index + 1))

function createTemplate(text: TemplateText, number: number): SampleTemplate {
  const random = seededRandom(number)
  const { tenantId, practiceId } = location(text.place)
  return {
    id: `20000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    tenantId,
    practiceId,
    ownerSaxId: text.owner ?? null,
    name: text.name,
    category: text.category,
    content: text.content,
    updatedBySaxId: text.owner ?? writer(tenantId, practiceId),
    uses: readers(tenantId, practiceId, text.owner)
      .map((saxId) => ({ saxId, count: random.below(24) }))
      .filter(({ count }) => count > 0),
    createdAt: new Date(Date.UTC(2026, 0, 5 + number * 7, 15, number)).toISOString(),
  }
}

function location(place: Place): { tenantId: string; practiceId: string | null } {
  if (place === 'north') return { tenantId: '00000000-0000-0000-0000-000000000001', practiceId: null }
  if (place === 'west') return { tenantId: '00000000-0000-0000-0000-000000000002', practiceId: null }
  const { tenantId, id } = placePractice[place]
  return { tenantId, practiceId: id }
}

/** A shared template of a practice is its manager's, if it has one; everything else is the tenant's administrator's. */
function writer(tenantId: string, practiceId: string | null): number {
  const holding = (role: 'manager' | 'administrator', practice: string | null) =>
    people.find(({ memberships }) =>
      memberships.some(
        (held) => held.tenantId === tenantId && held.practiceId === practice && held.roles.includes(role),
      ),
    )
  const author = (practiceId === null ? undefined : holding('manager', practiceId)) ?? holding('administrator', null)
  return author?.saxId ?? 0
}

function readers(tenantId: string, practiceId: string | null, owner: number | undefined): readonly number[] {
  if (owner !== undefined) return [owner]
  return people
    .filter(({ memberships }) =>
      memberships.some(
        (held) => held.tenantId === tenantId && (practiceId === null || [null, practiceId].includes(held.practiceId)),
      ),
    )
    .map(({ saxId }) => saxId)
}
