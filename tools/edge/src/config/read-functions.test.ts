import { expect, test } from 'vitest'
import { defaultBehavior, site, thrownBy } from '../../test/template-fixture.ts'

const calling = (arn: unknown, event = 'viewer-request') => ({
  DefaultCacheBehavior: { ...defaultBehavior, FunctionAssociations: [{ EventType: event, FunctionARN: arn }] },
})

const named = (FunctionCode: string) => ({
  Rewrite: { Type: 'AWS::CloudFront::Function', Properties: { Name: 'rewrite', FunctionCode } },
})

test.each<[how: string, arn: unknown]>([
  ['GetAtt FunctionARN', { 'Fn::GetAtt': ['Rewrite', 'FunctionARN'] }],
  ['GetAtt FunctionMetadata.FunctionARN', { 'Fn::GetAtt': ['Rewrite', 'FunctionMetadata.FunctionARN'] }],
  ['Ref', { Ref: 'Rewrite' }],
  ['a literal ARN', 'arn:aws:cloudfront::123456789012:function/rewrite'],
])('a function of the template is found by %s', (_how, arn) => {
  expect(site(calling(arn), named('code')).behaviors[0]?.viewerRequest).toEqual({ name: 'rewrite', code: 'code' })
  const answered = site(calling(arn, 'viewer-response'), named('code')).behaviors[0]
  expect([answered?.viewerRequest, answered?.viewerResponse?.name]).toEqual([undefined, 'rewrite'])
})

test('a function elsewhere is refused, unless the caller gives its source by ARN or name', () => {
  const arn = 'arn:aws:cloudfront::123456789012:function/elsewhere'
  expect(thrownBy(() => site(calling(arn)))).toMatchObject({
    code: 'unknown_function',
    where: 'Site.DistributionConfig.DefaultCacheBehavior.FunctionAssociations',
  })
  const expected = { name: 'elsewhere', code: 'code' }
  expect(site(calling(arn), {}, { functions: { [arn]: 'code' } }).behaviors[0]?.viewerRequest).toEqual(expected)
  expect(site(calling(arn), {}, { functions: { elsewhere: 'code' } }).behaviors[0]?.viewerRequest).toEqual(expected)
})

test('10,240 bytes of source are taken, one more is refused; bytes count, not characters', () => {
  const arn = { 'Fn::GetAtt': ['Rewrite', 'FunctionARN'] }
  expect(site(calling(arn), named('x'.repeat(10_240))).behaviors[0]?.viewerRequest?.code).toHaveLength(10_240)
  expect(thrownBy(() => site(calling(arn), named('x'.repeat(10_241))))).toMatchObject({
    code: 'function_too_large',
    message: 'Rewrite.FunctionCode: 10241 bytes of source; CloudFront takes 10240: shorten it',
  })
  expect(thrownBy(() => site(calling(arn), named('é'.repeat(5_121))))).toMatchObject({ code: 'function_too_large' })
})

test('an event CloudFront Functions do not have is refused', () => {
  expect(thrownBy(() => site(calling('a', 'origin-request')))).toMatchObject({ code: 'malformed' })
})
