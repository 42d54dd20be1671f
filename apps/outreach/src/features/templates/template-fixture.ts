import type { Template } from '@sax/api-contract'

/** A stored template for tests. */
export function templateFixture(more: Partial<Template> = {}): Template {
  return {
    id: '00000000-0000-4000-8000-000000000001',
    tenantId: '00000000-0000-0000-0000-000000000001',
    practiceId: '00000000-0000-0000-0000-000000000020',
    ownerSaxId: null,
    name: 'Welcome',
    category: 'welcome',
    content: 'Hi {{firstName}}',
    variables: ['firstName'],
    usageCount: 0,
    myUsageCount: 0,
    version: 1,
    updatedByName: null,
    createdAt: '2026-11-01T12:00:00.000Z',
    updatedAt: '2026-11-01T12:00:00.000Z',
    archivedAt: null,
    canEdit: true,
    ...more,
  }
}
