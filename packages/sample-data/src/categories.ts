export interface SampleCategory {
  readonly slug: string
  readonly name: string
  readonly position: number
}

/** Template categories, in the order of the menu. Every tenant starts with these. */
export const categories = [
  { slug: 'welcome', name: 'Welcome', position: 1 },
  { slug: 'appointments', name: 'Appointments', position: 2 },
  { slug: 'follow-up', name: 'Follow-up', position: 3 },
  { slug: 'equipment', name: 'Equipment', position: 4 },
  { slug: 'billing', name: 'Billing', position: 5 },
  { slug: 'education', name: 'Education', position: 6 },
  { slug: 'general', name: 'General', position: 7 },
] as const satisfies readonly SampleCategory[]
