import type {
  Change,
  ResourceChange,
  ResourceChangeDetail,
  ResourceTargetDefinition,
} from '@aws-sdk/client-cloudformation'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ChangeSetPage, gate } from './gate.ts'

const READY = {
  ChangeSetId: 'arn:aws:cloudformation:us-east-1:111122223333:changeSet/zones-1/0a',
  StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/sleepconnect-develop/0b',
  Status: 'CREATE_COMPLETE',
  ExecutionStatus: 'AVAILABLE',
} as const

const page = (changes: readonly Change[], more: Partial<ChangeSetPage> = {}): ChangeSetPage => ({
  ...READY,
  Changes: changes,
  ...more,
})
const resource = (change: ResourceChange): Change => ({
  Type: 'Resource',
  ResourceChange: { LogicalResourceId: 'Thing', ResourceType: 'AWS::S3::Bucket', ...change },
})
const modified = (
  target: ResourceTargetDefinition,
  more: ResourceChange = {},
  detail: ResourceChangeDetail = {},
): Change =>
  resource({
    Action: 'Modify',
    PhysicalResourceId: 'thing-1',
    Replacement: 'False',
    Scope: [target.Attribute ?? 'Properties'],
    Details: [{ Target: target, Evaluation: 'Static', ChangeSource: 'DirectModification', ...detail }],
    ...more,
  })
const memory = { Attribute: 'Properties', Name: 'MemorySize', RequiresRecreation: 'Never' } as const
const fn = { LogicalResourceId: 'OutreachPagesFunction', ResourceType: 'AWS::Lambda::Function' }

type Case = readonly [what: string, pages: readonly ChangeSetPage[], verdict: 'accepted' | 'nothing' | RegExp]

const accepted: readonly Case[] = [
  ['a new resource', [page([resource({ Action: 'Add', Scope: [], Details: [] })])], 'accepted'],
  [
    'a resource that is taken over',
    [page([resource({ Action: 'Import', PhysicalResourceId: 'there-already' })])],
    'accepted',
  ],
  ['a property changed in place', [page([modified(memory, fn)])], 'accepted'],
  [
    'a property that follows another resource and cannot recreate this one',
    [
      page([
        modified({ ...memory, Name: 'Role' }, fn, {
          Evaluation: 'Dynamic',
          ChangeSource: 'ResourceAttribute',
          CausingEntity: 'Role.Arn',
        }),
      ]),
    ],
    'accepted',
  ],
  ['tags', [page([modified({ Attribute: 'Tags' })])], 'accepted'],
  ['metadata', [page([modified({ Attribute: 'Metadata' })])], 'accepted'],
  [
    'a deletion policy that becomes Retain',
    [page([modified({ Attribute: 'DeletionPolicy', AfterValue: 'Retain' })])],
    'accepted',
  ],
  [
    'three pages, all read',
    [
      page([resource({ Action: 'Add' })], { NextToken: '2' }),
      page([], { NextToken: '3' }),
      page([modified(memory, fn)]),
    ],
    'accepted',
  ],
  ['an empty last token', [page([resource({ Action: 'Add' })], { NextToken: '' })], 'accepted'],
  ['only outputs change', [page([])], 'accepted'],
  [
    'no change',
    [
      page([], {
        Status: 'FAILED',
        ExecutionStatus: 'UNAVAILABLE',
        StatusReason:
          "The submitted information didn't contain changes. Submit different information to create a change set.",
      }),
    ],
    'nothing',
  ],
  [
    'no update',
    [page([], { Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE', StatusReason: 'No updates are to be performed.' })],
    'nothing',
  ],
]

const wholeRefused: readonly Case[] = [
  ['no page', [], /was not read/],
  [
    'a failed change set',
    [page([], { Status: 'FAILED', StatusReason: 'Template error' })],
    /is FAILED: Template error/,
  ],
  ['one that is still being made', [page([], { Status: 'CREATE_IN_PROGRESS' })], /is CREATE_IN_PROGRESS/],
  ['one without a state', [{ ...READY, Status: undefined, Changes: [] }], /in no known state/],
  [
    'one that was executed already',
    [page([], { ExecutionStatus: 'EXECUTE_COMPLETE' })],
    /cannot be executed \(EXECUTE_COMPLETE\)/,
  ],
  ['one that has become obsolete', [page([], { ExecutionStatus: 'OBSOLETE' })], /cannot be executed \(OBSOLETE\)/],
  [
    'one that does not say whether it can be executed',
    [{ ...READY, ExecutionStatus: undefined, Changes: [] }],
    /cannot be executed \(no state\)/,
  ],
  ['a page that was not read', [page([resource({ Action: 'Add' })], { NextToken: '2' })], /not every page/],
  ['a page that was read twice', [page([]), page([])], /not every page/],
  [
    'a page of another change set',
    [page([], { NextToken: '2' }), page([], { ChangeSetId: 'another' })],
    /different change sets/,
  ],
  [
    'a page of another stack',
    [page([], { NextToken: '2' }), page([], { StackId: 'another' })],
    /different change sets/,
  ],
  ['a page without a list', [{ ...READY }], /lists no changes at all/],
  [
    '"no change" beside a change',
    [page([resource({ Action: 'Add' })], { Status: 'FAILED', StatusReason: "didn't contain changes" })],
    /holds no change, and holds some/,
  ],
  [
    '"no change" with a page unread',
    [page([], { Status: 'FAILED', StatusReason: "didn't contain changes", NextToken: '2' })],
    /not every page/,
  ],
  ['a hook', [page([{ Type: 'Hook' as 'Resource', ResourceChange: {} }])], /unknown kind Hook/],
  [
    'a change without a kind',
    [page([{ ResourceChange: { Action: 'Add', LogicalResourceId: 'A', ResourceType: 'AWS::S3::Bucket' } }])],
    /unknown kind/,
  ],
  ['a change without a resource', [page([{ Type: 'Resource' }])], /unknown kind Resource/],
]

const resourceRefused: readonly Case[] = [
  ['a removal', [page([resource({ Action: 'Remove', PolicyAction: 'Delete' })])], /taken away \(Delete\)/],
  [
    'a removal that keeps the resource',
    [page([resource({ Action: 'Remove', PolicyAction: 'Retain' })])],
    /taken away \(Retain\)/,
  ],
  ['a removal without a policy', [page([resource({ Action: 'Remove' })])], /would be removed/],
  [
    'a removal on the second page',
    [page([resource({ Action: 'Add' })], { NextToken: '2' }), page([resource({ Action: 'Remove' })])],
    /would be removed/,
  ],
  [
    'a snapshot before deletion',
    [page([resource({ Action: 'Remove', PolicyAction: 'Snapshot' })])],
    /taken away \(Snapshot\)/,
  ],
  [
    'an addition that takes something away',
    [page([resource({ Action: 'Add', PolicyAction: 'Delete' })])],
    /taken away/,
  ],
  [
    'a replacement',
    [
      page([
        modified(
          { ...memory, RequiresRecreation: 'Always', Name: 'BucketName' },
          { Replacement: 'True', PolicyAction: 'ReplaceAndRetain' },
        ),
      ]),
    ],
    /taken away \(ReplaceAndRetain\)/,
  ],
  [
    'a replacement without a policy',
    [page([modified({ ...memory, RequiresRecreation: 'Always' }, { Replacement: 'True' })])],
    /would be replaced/,
  ],
  [
    'a replacement that depends',
    [page([modified({ ...memory, RequiresRecreation: 'Conditionally' }, { Replacement: 'Conditional' })])],
    /may be replaced \(Conditional\)/,
  ],
  [
    'a replacement that is not spoken of',
    [page([modified(memory, { Replacement: undefined })])],
    /may be replaced \(not said\)/,
  ],
  [
    'a recreation hidden behind Replacement False',
    [page([modified({ ...memory, RequiresRecreation: 'Always' })])],
    /cannot be changed in place \(Always\)/,
  ],
  [
    'a conditional recreation behind Replacement False',
    [page([modified({ ...memory, RequiresRecreation: 'Conditionally' })])],
    /cannot be changed in place \(Conditionally\)/,
  ],
  [
    'a recreation by metadata',
    [page([modified({ Attribute: 'Metadata', RequiresRecreation: 'Always' })])],
    /Metadata cannot be changed in place/,
  ],
  ['an action that cannot be told', [page([resource({ Action: 'Dynamic' })])], /cannot be told \(Dynamic\)/],
  [
    'an action that follows what is there',
    [page([resource({ Action: 'SyncWithActual' })])],
    /cannot be told \(SyncWithActual\)/,
  ],
  ['an action of tomorrow', [page([resource({ Action: 'Recreate' as 'Add' })])], /cannot be told \(Recreate\)/],
  ['no action', [page([resource({})])], /cannot be told \(no action\)/],
  ['no logical id', [page([resource({ Action: 'Add', LogicalResourceId: undefined })])], /not said which resource/],
  ['no type', [page([resource({ Action: 'Add', ResourceType: undefined })])], /not said which resource/],
  [
    'a stack in the stack',
    [page([resource({ Action: 'Modify', ResourceType: 'AWS::CloudFormation::Stack', Replacement: 'False' })])],
    /stack in the stack/,
  ],
  ['no details', [page([resource({ Action: 'Modify', Replacement: 'False' })])], /not said what of it would change/],
  [
    'an empty list of details',
    [page([resource({ Action: 'Modify', Replacement: 'False', Details: [] })])],
    /not said what of it would change/,
  ],
  [
    'a detail without a target',
    [page([resource({ Action: 'Modify', Replacement: 'False', Details: [{}] })])],
    /not said what of it would change/,
  ],
  [
    'a target without an attribute',
    [page([modified({ Name: 'MemorySize', RequiresRecreation: 'Never' })])],
    /not said what of it would change/,
  ],
  [
    'a property without a name',
    [page([modified({ Attribute: 'Properties', RequiresRecreation: 'Never' })])],
    /not said which property/,
  ],
  [
    'a property that may or may not recreate',
    [page([modified({ Attribute: 'Properties', Name: 'MemorySize' })])],
    /not said whether MemorySize can be changed in place/,
  ],
  [
    'an attribute nobody knows',
    [page([modified({ Attribute: 'UpdatePolicy' })])],
    /UpdatePolicy is not known to be harmless/,
  ],
  [
    'a deletion policy that becomes Delete',
    [page([modified({ Attribute: 'DeletionPolicy', AfterValue: 'Delete' })])],
    /DeletionPolicy would become Delete/,
  ],
  [
    'a deletion policy that lets go while creating',
    [page([modified({ Attribute: 'DeletionPolicy', AfterValue: 'RetainExceptOnCreate' })])],
    /RetainExceptOnCreate/,
  ],
  [
    'a deletion policy that goes away',
    [page([modified({ Attribute: 'DeletionPolicy' })])],
    /DeletionPolicy would become unknown/,
  ],
  [
    'a replace policy that becomes Snapshot',
    [page([modified({ Attribute: 'UpdateReplacePolicy', AfterValue: 'Snapshot' })])],
    /UpdateReplacePolicy would become Snapshot/,
  ],
  [
    'an alias that is moved',
    [page([modified({ ...memory, Name: 'FunctionVersion' }, { ResourceType: 'AWS::Lambda::Alias' })])],
    /belongs to releases/,
  ],
  [
    'an alias whose description changes',
    [page([modified({ ...memory, Name: 'Description' }, { ResourceType: 'AWS::Lambda::Alias' })])],
    /belongs to releases/,
  ],
  [
    'an alias whose metadata changes',
    [page([modified({ Attribute: 'Metadata' }, { ResourceType: 'AWS::Lambda::Alias' })])],
    /belongs to releases/,
  ],
  [
    'a version',
    [page([modified({ Attribute: 'Tags' }, { ResourceType: 'AWS::Lambda::Version' })])],
    /belongs to releases/,
  ],
  [
    'code',
    [page([modified({ ...memory, Name: 'Code', Path: '/Properties/Code/ZipFile' }, fn)])],
    /Code belongs to releases/,
  ],
  [
    'a value taken from what is there',
    [page([modified({ ...memory, AttributeChangeType: 'SyncWithActual' })])],
    /instead of the template/,
  ],
  [
    'one bad detail among good ones',
    [
      page([
        resource({
          Action: 'Modify',
          Replacement: 'False',
          Details: [{ Target: memory }, { Target: { ...memory, Name: 'Code' } }],
          ...fn,
        }),
      ]),
    ],
    /Code belongs to releases/,
  ],
]

const table = [...accepted, ...wholeRefused, ...resourceRefused]

test('the table is long enough to mean something', () => {
  expect(table.length).toBeGreaterThanOrEqual(40)
})

describe('D7, D11: a change set', () => {
  test.each(table)('%s', (_what, pages, expected) => {
    const verdict = gate(pages)
    if (typeof expected === 'string') expect(verdict).toEqual({ kind: expected })
    else {
      expect(verdict.kind).toBe('refused')
      expect(verdict.kind === 'refused' ? verdict.refusals.map(({ why }) => why).join('; ') : '').toMatch(expected)
    }
  })

  test('every refusal names its resource', () => {
    for (const [what, pages] of resourceRefused) {
      const verdict = gate(pages)
      if (verdict.kind !== 'refused') throw new Error(`${what} was not refused`)
      const named = pages.flatMap(({ Changes = [] }) =>
        Changes.map(({ ResourceChange }) => ResourceChange?.LogicalResourceId),
      )
      for (const { logicalId } of verdict.refusals) expect(named).toContain(logicalId === '' ? undefined : logicalId)
    }
  })
})

/** Anything CloudFormation says or could say one day, and things it never would. */
const anyOf = <T>(...values: readonly T[]) => fc.constantFrom(...values)
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const targets = fc.record({
  Attribute: optional(
    anyOf('Properties', 'Metadata', 'Tags', 'DeletionPolicy', 'UpdateReplacePolicy', 'UpdatePolicy', 'CreationPolicy'),
  ),
  Name: optional(anyOf('Code', 'BucketName', 'MemorySize', 'FunctionVersion', '')),
  RequiresRecreation: optional(anyOf('Never', 'Always', 'Conditionally')),
  AfterValue: optional(anyOf('Retain', 'Delete', 'Snapshot', '')),
}) as fc.Arbitrary<ResourceTargetDefinition>
const resourceChanges = fc.record({
  Action: optional(anyOf('Add', 'Modify', 'Remove', 'Import', 'Dynamic', 'SyncWithActual')),
  LogicalResourceId: optional(anyOf('A', 'B', '')),
  ResourceType: optional(
    anyOf('AWS::S3::Bucket', 'AWS::Lambda::Alias', 'AWS::Lambda::Function', 'AWS::CloudFormation::Stack'),
  ),
  Replacement: optional(anyOf('True', 'False', 'Conditional')),
  PolicyAction: optional(
    anyOf('Delete', 'Retain', 'Snapshot', 'ReplaceAndDelete', 'ReplaceAndRetain', 'ReplaceAndSnapshot'),
  ),
  Details: optional(fc.array(fc.record({ Target: optional(targets) }), { maxLength: 4 })),
}) as fc.Arbitrary<ResourceChange>
const changes = fc.record({
  Type: optional(anyOf('Resource', 'Hook')),
  ResourceChange: optional(resourceChanges),
}) as fc.Arbitrary<Change>
const pages = fc.array(
  fc.record({
    ...Object.fromEntries(
      Object.entries(READY).map(([key, value]) => [key, anyOf(value, value, value, undefined, 'FAILED')]),
    ),
    StatusReason: optional(anyOf("didn't contain changes", 'Template error')),
    NextToken: optional(anyOf('2', '')),
    Changes: optional(fc.array(changes, { maxLength: 5 })),
  }),
  { maxLength: 4 },
) as unknown as fc.Arbitrary<readonly ChangeSetPage[]>

/** Told from the shapes alone, without the gate: something would go, be replaced, or lose its Retain. */
function loses({ ResourceChange: change }: Change): boolean {
  if (change === undefined) return false
  const targetsOf = (change.Details ?? []).map(({ Target }) => Target ?? {})
  return (
    change.Action === 'Remove' ||
    change.Action === 'Dynamic' ||
    change.PolicyAction !== undefined ||
    change.Replacement === 'True' ||
    change.Replacement === 'Conditional' ||
    targetsOf.some(
      ({ RequiresRecreation }) => RequiresRecreation === 'Always' || RequiresRecreation === 'Conditionally',
    ) ||
    targetsOf.some(({ Attribute, AfterValue }) => /Policy$/.test(Attribute ?? '') && AfterValue !== 'Retain')
  )
}

describe('whatever CloudFormation says', () => {
  test('nothing that removes, replaces or lets go is ever accepted', () => {
    const seen = { accepted: 0, refused: 0, nothing: 0 }
    fc.assert(
      fc.property(pages, (read) => {
        const { kind } = gate(read)
        seen[kind] += 1
        const all = read.flatMap(({ Changes = [] }) => Changes)
        if (kind === 'accepted')
          expect(all.filter((change) => change.ResourceChange?.Action === 'Modify' && loses(change))).toEqual([])
        if (kind !== 'refused')
          expect(all.filter((change) => change.ResourceChange?.Action !== 'Modify' && removes(change))).toEqual([])
      }),
      { numRuns: 50_000, seed: 20261128 },
    )
    // A gate that refuses everything would pass the above.
    expect(seen.accepted).toBeGreaterThan(100)
    expect(seen.refused).toBeGreaterThan(1_000)
  })

  test('one removal or replacement spoils any change set that would be accepted', () => {
    const harmless = fc.array(anyOf(...accepted.flatMap(([, read]) => read.flatMap(({ Changes = [] }) => Changes))), {
      maxLength: 30,
    })
    const harmful = resourceChanges.filter(
      (change) => change.Action === 'Remove' || (change.Action === 'Modify' && change.Replacement !== 'False'),
    )
    fc.assert(
      fc.property(harmless, harmful, fc.nat(), (before, change, at) => {
        const all = before.toSpliced(at % (before.length + 1), 0, { Type: 'Resource', ResourceChange: change })
        expect(gate([page(before)]).kind).toBe('accepted')
        expect(gate([page(all)]).kind).toBe('refused')
      }),
      { numRuns: 5_000, seed: 20261128 },
    )
  })
})

function removes({ ResourceChange: change }: Change): boolean {
  return change?.Action === 'Remove' || change?.Action === 'Dynamic' || change?.PolicyAction !== undefined
}
