import { z } from 'zod'
import type { WebAcl } from './distribution.ts'
import type { Notes } from './notes.ts'
import type { Template } from './read-template.ts'
import { count, list, shaped } from './shapes.ts'

const action = z.record(z.string(), z.unknown()).optional()

const rule = z.object({
  Name: z.string(),
  Action: action,
  OverrideAction: action,
  Statement: z.object({
    RateBasedStatement: z
      .object({
        Limit: count,
        EvaluationWindowSec: count.default(300),
        AggregateKeyType: z.string().default('IP'),
        ScopeDownStatement: z.unknown().optional(),
      })
      .optional(),
    ManagedRuleGroupStatement: z
      .object({
        VendorName: z.string(),
        Name: z.string(),
        RuleActionOverrides: list(z.object({ Name: z.string(), ActionToUse: z.record(z.string(), z.unknown()) })),
        ExcludedRules: list(z.object({ Name: z.string() })),
      })
      .optional(),
  }),
})

const webAcl = z.object({ Name: z.string().optional(), Rules: list(rule) })

type Rule = z.infer<typeof rule>

/** @source AWS WAF Developer Guide, "Baseline rule groups", Core rule set, SizeRestrictions_BODY: "over 8 KB (8,192 bytes)" */
const COMMON_RULES_BODY_BYTES = 8192

/**
 * The rules of a web ACL that the front door plays: the strictest blocking rate rule per address, and of
 * AWSManagedRulesCommonRuleSet `SizeRestrictions_BODY` and `NoUserAgent_HEADER`, which programs of ours can run into
 * unawares. Every other rule, of that managed group too, is not simulated: requests that only those would block pass
 * here. Undefined: the distribution has no web ACL.
 * @source AWS CloudFormation Template Reference, "AWS::WAFv2::WebACL RateBasedStatement" (window default 300 s) and "ManagedRuleGroupStatement"
 * @throws ConfigurationError `malformed`
 */
export function readFirewall(template: Template, id: string | undefined, notes: Notes): WebAcl | undefined {
  if (id === undefined) return undefined
  const resource = template
    .ofType('AWS::WAFv2::WebACL')
    .find((candidate) => id === template.attribute(candidate, 'Arn') || id === template.ref(candidate))
  if (resource === undefined) {
    notes.information(id, '.WebACLId', `the rules of web ACL ${id} are not in the input; none is simulated`)
    return { name: id, rate: undefined, bodySize: undefined, needsUserAgent: false }
  }
  const { Name, Rules } = shaped(webAcl, resource.properties, resource.where)
  for (const { Name: ignored } of Rules.filter((each) => !isPlayed(each))) {
    notes.information(ignored, '.WebACLId', `rule ${ignored} of web ACL ${resource.logicalId} is not simulated`)
  }
  return {
    name: Name ?? resource.logicalId,
    rate: strictestRate(Rules),
    bodySize: bodySize(Rules),
    needsUserAgent: commonRule(Rules, 'NoUserAgent_HEADER') === 'block',
  }
}

function isPlayed(one: Rule): boolean {
  return blockingRate(one) !== undefined || isCommonRuleSet(one)
}

function strictestRate(rules: readonly Rule[]): WebAcl['rate'] {
  const rates = rules.flatMap((one) => blockingRate(one) ?? [])
  return rates.toSorted((a, b) => a.limit / a.windowSec - b.limit / b.windowSec)[0]
}

function blockingRate({ Action, Statement }: Rule): NonNullable<WebAcl['rate']> | undefined {
  const rate = Statement.RateBasedStatement
  if (rate === undefined || Action === undefined || !('Block' in Action)) return undefined
  if (rate.AggregateKeyType !== 'IP' || rate.ScopeDownStatement !== undefined) return undefined
  return { limit: rate.Limit, windowSec: rate.EvaluationWindowSec }
}

function isCommonRuleSet({ Statement: { ManagedRuleGroupStatement: group } }: Rule): boolean {
  return group?.VendorName === 'AWS' && group.Name === 'AWSManagedRulesCommonRuleSet'
}

function bodySize(rules: readonly Rule[]): WebAcl['bodySize'] {
  const action = commonRule(rules, 'SizeRestrictions_BODY')
  return action && { limitBytes: COMMON_RULES_BODY_BYTES, action }
}

/**
 * What a rule of the common rule set does to a request that it fits; undefined without that rule set.
 * @source AWS WAF Developer Guide, "Baseline rule groups", Core rule set ("Rule action: Block")
 */
function commonRule(rules: readonly Rule[], name: string): 'block' | 'count' | undefined {
  const common = rules.find(isCommonRuleSet)
  const group = common?.Statement.ManagedRuleGroupStatement
  if (common === undefined || group === undefined) return undefined
  const override = group.RuleActionOverrides.find(({ Name }) => Name === name)?.ActionToUse
  const excluded = group.ExcludedRules.some(({ Name }) => Name === name)
  const groupCounts = common.OverrideAction !== undefined && 'Count' in common.OverrideAction
  const passes = excluded || groupCounts || (override !== undefined && !('Block' in override))
  return passes ? 'count' : 'block'
}
