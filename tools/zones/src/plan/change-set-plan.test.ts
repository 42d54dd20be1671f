import { expect, test } from 'vitest'
import { planFromChangeSet } from './change-set-plan.ts'
import type { ChangeSetPage } from './gate.ts'

const RETAIN = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }
const pageOf = (changes: ChangeSetPage['Changes']): ChangeSetPage => ({
  ChangeSetId: 'set',
  StackId: 'stack',
  Status: 'CREATE_COMPLETE',
  ExecutionStatus: 'AVAILABLE',
  Changes: changes,
})

test('each change has its action, its reason and its risk', () => {
  const plan = planFromChangeSet(
    'sleepconnect-develop',
    [
      pageOf([
        {
          Type: 'Resource',
          ResourceChange: { Action: 'Add', LogicalResourceId: 'New', ResourceType: 'AWS::SQS::Queue' },
        },
        {
          Type: 'Resource',
          ResourceChange: { Action: 'Import', LogicalResourceId: 'There', ResourceType: 'AWS::S3::Bucket' },
        },
        {
          Type: 'Resource',
          ResourceChange: {
            Action: 'Modify',
            LogicalResourceId: 'Pages',
            ResourceType: 'AWS::Lambda::Function',
            Replacement: 'False',
            Details: [
              {
                Target: {
                  Attribute: 'Properties',
                  Name: 'MemorySize',
                  Path: '/Properties/MemorySize',
                  RequiresRecreation: 'Never',
                  BeforeValue: '1024',
                  AfterValue: '2048',
                },
                ChangeSource: 'DirectModification',
              },
              {
                Target: { Attribute: 'Properties', Name: 'Role', RequiresRecreation: 'Never' },
                Evaluation: 'Dynamic',
                ChangeSource: 'ResourceAttribute',
                CausingEntity: 'PagesRole.Arn',
              },
            ],
          },
        },
      ]),
    ],
    { Resources: { New: { Type: 'AWS::SQS::Queue', ...RETAIN } } },
  )
  expect(plan.verdict).toEqual({ kind: 'accepted' })
  expect(plan.changes.map(({ action, logicalId, reason, risk }) => [action, logicalId, reason, risk])).toEqual([
    [
      'change',
      'Pages',
      'MemorySize: 1024 -> 2048; Role follows PagesRole.Arn',
      'reaches people with the next release; versions keep their settings',
    ],
    [
      'adopt',
      'There',
      'exists already under this name',
      'none: it stays as it is and belongs to the stack from now on',
    ],
    ['add', 'New', 'new in the template', 'none: it is new'],
  ])
})

test('what is not surely harmless is shown as a replacement', () => {
  const plan = planFromChangeSet(
    's',
    [
      pageOf([
        {
          Type: 'Resource',
          ResourceChange: { Action: 'Modify', LogicalResourceId: 'A', ResourceType: 'AWS::S3::Bucket' },
        },
        {
          Type: 'Resource',
          ResourceChange: { Action: 'Dynamic', LogicalResourceId: 'B', ResourceType: 'AWS::S3::Bucket' },
        },
      ]),
    ],
    { Resources: {} },
  )
  expect(plan.changes.map(({ action }) => action)).toEqual(['replace', 'replace'])
  expect(plan.verdict.kind).toBe('refused')
})

test('a template that lets a resource go is refused even if the change set does not mention it', () => {
  const plan = planFromChangeSet('s', [pageOf([])], {
    Resources: { Files: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Retain' } },
  })
  expect(plan.verdict).toEqual({
    kind: 'refused',
    refusals: [{ logicalId: 'Files', type: 'AWS::S3::Bucket', why: 'the template does not retain it' }],
  })
})
