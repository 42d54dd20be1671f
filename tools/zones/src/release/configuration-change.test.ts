import { expect, test } from 'vitest'
import { configurationChange } from './configuration-change.ts'

test('what the next version has otherwise is told name by name, and nothing that may be a secret', () => {
  const live = {
    STAGE: 'develop',
    API_BASE_URL: 'https://old.example',
    USER_CONTEXT_SECRET_ID: 'sleepconnect/develop/user-context',
    TOKEN: 'hidden-1',
    DATABASE_URL: 'postgres://app:hidden-2@db',
  }
  const next = {
    STAGE: 'develop',
    API_BASE_URL: 'https://new.example',
    USER_CONTEXT_SECRET_ID: 'hidden-3',
    LOG_LEVEL: 'info',
    DATABASE_URL: 'postgres://app:hidden-4@db',
  }
  const change = configurationChange(live, next)
  expect(change).toEqual({
    added: [{ name: 'LOG_LEVEL', from: undefined, to: 'info' }],
    removed: [{ name: 'TOKEN', from: '(not shown)', to: undefined }],
    changed: [
      { name: 'API_BASE_URL', from: 'https://old.example', to: 'https://new.example' },
      { name: 'DATABASE_URL', from: '(not shown)', to: '(not shown)' },
      { name: 'USER_CONTEXT_SECRET_ID', from: 'sleepconnect/develop/user-context', to: '(not shown)' },
    ],
  })
  expect(JSON.stringify(change)).not.toContain('hidden')
})
