import { StackStatus } from '@aws-sdk/client-cloudformation'
import { expect, test } from 'vitest'
import { endedWell, type Standing, standingOf } from './stack-standing.ts'

const expected: Readonly<Record<Standing['kind'], readonly StackStatus[]>> = {
  new: ['REVIEW_IN_PROGRESS', 'DELETE_COMPLETE'],
  ready: [
    ...(['CREATE_COMPLETE', 'CREATE_FAILED', 'UPDATE_COMPLETE', 'UPDATE_FAILED', 'UPDATE_ROLLBACK_COMPLETE'] as const),
    ...(['IMPORT_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE'] as const),
  ],
  busy: [
    ...([
      'CREATE_IN_PROGRESS',
      'UPDATE_IN_PROGRESS',
      'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'ROLLBACK_IN_PROGRESS',
    ] as const),
    ...(['UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'DELETE_IN_PROGRESS'] as const),
    ...(['IMPORT_IN_PROGRESS', 'IMPORT_ROLLBACK_IN_PROGRESS'] as const),
  ],
  stuck: ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'DELETE_FAILED', 'UPDATE_ROLLBACK_FAILED', 'IMPORT_ROLLBACK_FAILED'],
}

test('every state that a stack can be in is known', () => {
  expect(Object.values(expected).flat().toSorted()).toEqual(Object.values(StackStatus).toSorted())
})

test.each(Object.entries(expected).flatMap(([kind, all]) => all.map((status) => [status, kind] as const)))(
  '%s is %s',
  (status, kind) => {
    expect(standingOf('s', status).kind).toBe(kind)
  },
)

test('no stack is new, and who is stuck is told a command with its name', () => {
  expect(standingOf('s', undefined)).toEqual({ kind: 'new' })
  for (const status of expected.stuck)
    expect(standingOf('sleepconnect-develop', status)).toMatchObject({
      next: expect.stringContaining('--stack-name sleepconnect-develop'),
    })
})

test('only three states are good ends', () => {
  expect(Object.values(StackStatus).filter(endedWell)).toEqual([
    'CREATE_COMPLETE',
    'IMPORT_COMPLETE',
    'UPDATE_COMPLETE',
  ])
})
