import { expect, test } from 'vitest'
import { site, templateText } from '../../test/template-fixture.ts'
import { readDistributions } from './read-distribution.ts'

const behind = { WebACLId: { 'Fn::GetAtt': ['Acl', 'Arn'] } }

function acl(...Rules: readonly object[]) {
  const named = Rules.map((rule, i) => ({ Name: `rule${i}`, Priority: i, ...rule }))
  return { Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Name: 'acl', Scope: 'CLOUDFRONT', Rules: named } } }
}

const rate = (given: object, action: object = { Block: {} }) => ({
  Action: action,
  Statement: { RateBasedStatement: given },
})

const common = (given: object = {}, override: object = { None: {} }) => ({
  OverrideAction: override,
  Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet', ...given } },
})

const only = (Name: string, ActionToUse: object) => ({ RuleActionOverrides: [{ Name, ActionToUse }] })

test.each<[why: string, rule: object, played: object | undefined]>([
  ['five minutes unless it says otherwise', rate({ Limit: 2000 }), { limit: 2000, windowSec: 300 }],
  ['its own window', rate({ Limit: '100', EvaluationWindowSec: 60 }), { limit: 100, windowSec: 60 }],
  ['only counted', rate({ Limit: 100 }, { Count: {} }), undefined],
  ['for some requests only', rate({ Limit: 100, ScopeDownStatement: { ByteMatchStatement: {} } }), undefined],
  ['not per address', rate({ Limit: 100, AggregateKeyType: 'CUSTOM_KEYS' }), undefined],
])('a rate rule: %s', (_why, rule, played) => {
  const { distributions, problems } = readDistributions(templateText(behind, acl(rule)))
  expect(distributions[0].firewall).toEqual({
    ...{ name: 'acl', rate: played, bodySize: undefined },
    needsUserAgent: false,
  })
  expect(problems.map(({ subject }) => subject)).toEqual(played === undefined ? ['rule0'] : [])
})

test('of two rate rules the stricter one is played', () => {
  const rules = acl(rate({ Limit: 2000 }), rate({ Limit: 100, EvaluationWindowSec: 60 }), rate({ Limit: 1000 }))
  expect(site(behind, rules).firewall?.rate).toEqual({ limit: 100, windowSec: 60 })
})

test.each<[why: string, rule: object, action: 'block' | 'count']>([
  ['as AWS ships it', common(), 'block'],
  ['counted', common(only('SizeRestrictions_BODY', { Count: {} })), 'count'],
  ['another rule counted', common(only('SizeRestrictions_QUERYSTRING', { Count: {} })), 'block'],
  ['blocked by name', common(only('SizeRestrictions_BODY', { Block: {} })), 'block'],
  ['excluded, as older templates do', common({ ExcludedRules: [{ Name: 'SizeRestrictions_BODY' }] }), 'count'],
  ['the whole group counted', common({}, { Count: {} }), 'count'],
])('the size rule of the common rule set: %s', (_why, rule, action) => {
  expect(site(behind, acl(rule)).firewall?.bodySize).toEqual({ limitBytes: 8192, action })
})

test.each<[why: string, rules: readonly object[], needed: boolean]>([
  ['as AWS ships it', [common()], true],
  ['counted', [common(only('NoUserAgent_HEADER', { Count: {} }))], false],
  ['another rule counted', [common(only('SizeRestrictions_BODY', { Count: {} }))], true],
  ['the whole group counted', [common({}, { Count: {} })], false],
  ['without that rule set', [rate({ Limit: 100 })], false],
])('whether a program has to say its name: %s', (_why, rules, needed) => {
  expect(site(behind, acl(...rules)).firewall?.needsUserAgent).toBe(needed)
})

test('rules that are not played are told, and stop nobody', () => {
  const other = common({ Name: 'AWSManagedRulesSQLiRuleSet' })
  expect(readDistributions(templateText(behind, acl(common(), other))).problems).toMatchObject([
    { code: 'not_simulated', severity: 'information', subject: 'rule1', where: 'Site.DistributionConfig.WebACLId' },
  ])
})

test('a web ACL outside the input is named and plays nothing', () => {
  const WebACLId = 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/other/1'
  const { distributions, problems } = readDistributions(templateText({ WebACLId }))
  expect(distributions[0].firewall).toEqual({
    ...{ name: WebACLId, rate: undefined, bodySize: undefined },
    needsUserAgent: false,
  })
  expect(problems.map(({ code, subject }) => [code, subject])).toEqual([['not_simulated', WebACLId]])
})

test('no web ACL, no firewall', () => {
  expect(site({ WebACLId: '' }).firewall).toBeUndefined()
})
