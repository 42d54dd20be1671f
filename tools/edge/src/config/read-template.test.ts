// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are CloudFormation's
import { expect, test } from 'vitest'
import { thrownBy } from '../../test/template-fixture.ts'
import { ConfigurationError, type ConfigurationFault } from './configuration-error.ts'
import { readTemplate } from './read-template.ts'

/** A template whose only resource holds the value as a property. */
function resolved(yaml: string, sections = '', known: Readonly<Record<string, string>> = {}): unknown {
  const text = `${sections}\nResources:\n  Bucket: { Type: AWS::S3::Bucket }\n  Url: { Type: AWS::Lambda::Url }\n  Access: { Type: AWS::CloudFront::OriginAccessControl }\n  Http: { Type: AWS::ApiGatewayV2::Api }\n  It:\n    Type: Custom::Thing\n    Properties:\n      value: ${yaml}\n`
  return readTemplate(text, { known, fileName: 'site.yaml' }).ofType('Custom::Thing')[0]?.properties.value
}

const sections = `
Parameters:
  Stage: { Type: String, Default: develop }
  Names: { Type: CommaDelimitedList, Default: 'a, b' }
  Given: { Type: String }
  Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /name/of/it }
Mappings:
  Hosts: { develop: { host: dev.example.com } }
Conditions:
  Develop: !Equals [!Ref Stage, develop]
  Live: !Not [!Condition Develop]
  Either: !Or [!Condition Live, !Condition Develop]
  Both: !And [!Condition Live, !Condition Develop]
  Round: !Not [!Condition Round]`

test.each<[yaml: string, value: unknown]>([
  ['!Ref Stage', 'develop'],
  ['!Ref Names', ['a', 'b']],
  ['!Ref Given', 'Given'],
  ['!Ref Stored', 'Stored'],
  ['!Ref Bucket', 'Bucket'],
  ['{ Ref: Bucket }', 'Bucket'],
  ['!Ref AWS::Region', 'us-east-1'],
  ['!GetAtt Bucket.RegionalDomainName', 'Bucket.RegionalDomainName'],
  ['!GetAtt [Bucket, Arn]', 'Bucket.Arn'],
  ['{ "Fn::GetAtt": [Bucket, Arn] }', 'Bucket.Arn'],
  ['!GetAtt Access.Id', 'Access'],
  ['!GetAtt Url.FunctionUrl', 'https://Url.FunctionUrl/'],
  ['!Select [2, !Split [/, !GetAtt Url.FunctionUrl]]', 'Url.FunctionUrl'],
  ['!Select ["2", !Split ["/", !GetAtt Http.ApiEndpoint]]', 'Http.ApiEndpoint'],
  ['!Select [6, !Split [":", !GetAtt Bucket.Arn]]', 'Bucket.Arn'],
  ['!Select [1, !Ref Given]', 'Given'],
  ['!Select [0, !GetAZs ""]', 'us-east-1a'],
  ['!Join ["-", [a, !Ref Stage, !Join ["", !Ref Names]]]', 'a-develop-ab'],
  ["!Sub 'arn:${AWS::Partition}:s3:::${Bucket}/${!kept}/${Bucket.Arn}'", 'arn:aws:s3:::Bucket/${kept}/Bucket.Arn'],
  ["!Sub ['${a}-${Stage}', { a: !Ref Bucket }]", 'Bucket-develop'],
  ['!If [Develop, yes-it-is, !Ref AWS::NoValue]', 'yes-it-is'],
  ['[a, !If [Live, b, !Ref AWS::NoValue]]', ['a']],
  ['{ a: 1, b: !Ref AWS::NoValue }', { a: 1 }],
  ['!If [Either, e, n]', 'e'],
  ['!If [Both, b, n]', 'n'],
  ['!FindInMap [Hosts, !Ref Stage, host]', 'dev.example.com'],
  ['!ImportValue site-bucket', 'site-bucket'],
  ['!Base64 abc', 'YWJj'],
])('%s', (yaml, value) => {
  expect(resolved(yaml, sections)).toEqual(value)
})

test.each<[yaml: string, known: Readonly<Record<string, string>>, value: string]>([
  ['!Ref Stage', { Stage: 'production' }, 'production'],
  ['!Ref Bucket', { Bucket: 'site-assets' }, 'site-assets'],
  ['!Ref AWS::AccountId', { 'AWS::AccountId': '111122223333' }, '111122223333'],
  ['!ImportValue site-bucket', { 'site-bucket': 'assets' }, 'assets'],
  [
    '!Select [2, !Split [/, !GetAtt Url.FunctionUrl]]',
    { 'Url.FunctionUrl': 'https://abc.lambda-url.us-east-1.on.aws/' },
    'abc.lambda-url.us-east-1.on.aws',
  ],
])('%s is what the caller knows: %o', (yaml, known, value) => {
  expect(resolved(yaml, sections, known)).toBe(value)
})

test.each<[yaml: string, code: ConfigurationFault, message: string]>([
  ['!Ref Bukcet', 'unresolved', 'site.yaml: It.value.Ref: refers to Bukcet, which the template does not hold'],
  ['!GetAtt Nobody.Arn', 'unresolved', 'refers to Nobody'],
  ["!Sub '${Nobody}'", 'unresolved', 'refers to Nobody'],
  ['!FindInMap [Hosts, nowhere, host]', 'unresolved', 'Mappings has no Hosts.nowhere.host'],
  ['!FindInMap [Hosts, constructor, name]', 'unresolved', 'Mappings has no Hosts.constructor.name'],
  ['!If [Nothing, a, b]', 'unresolved', 'Conditions has no Nothing'],
  ['!If [Round, a, b]', 'malformed', 'Round depends on itself'],
  ['!Select [5, [a, b]]', 'malformed', 'there is no item 5'],
  ['!Select [2, !Split ["/", "abc"]]', 'malformed', 'there is no item 2'],
  ['!Join [a]', 'malformed', 'a text is needed'],
  ['!Join no', 'malformed', 'a list is needed'],
  ['{ "Fn::Cidr": [a, b, c] }', 'unsupported', 'Fn::Cidr is run by CloudFormation only'],
])('%s is refused as %s', (yaml, code, message) => {
  const error = thrownBy(() => resolved(yaml, sections))
  expect(error).toBeInstanceOf(ConfigurationError)
  expect(error).toMatchObject({ code, message: expect.stringContaining(message) })
})

test('a resource whose condition does not hold is not there', () => {
  const text = `${sections}\nResources:\n  A: { Type: T, Condition: Live }\n  B: { Type: T, Condition: Develop }`
  expect(readTemplate(text).resources.map(({ logicalId }) => logicalId)).toEqual(['B'])
  expect(readTemplate(text, { known: { Stage: 'live' } }).resources.map(({ logicalId }) => logicalId)).toEqual(['A'])
})

test('what nobody reads may hold what only CloudFormation understands', () => {
  const template = readTemplate('Resources:\n  A: { Type: T, Properties: { x: !Transform { Name: AWS::Include } } }')
  expect(template.resources[0]?.type).toBe('T')
  expect(() => template.resources[0]?.properties).toThrow('Fn::Transform is run by CloudFormation only')
})

test('after a transform, references may name what only the service sees', () => {
  const text =
    'Transform: AWS::Serverless-2016-10-31\nResources:\n  A: { Type: T, Properties: { u: !GetAtt FnUrl.FunctionUrl } }'
  expect(readTemplate(text).resources[0]?.properties).toEqual({ u: 'https://FnUrl.FunctionUrl/' })
})

test('anchors are followed into short tags', () => {
  const text = 'Names: &names [a, b]\nResources:\n  A: { Type: T, Properties: { v: !Join ["-", *names] } }'
  expect(readTemplate(text).resources[0]?.properties).toEqual({ v: 'a-b' })
})

test.each<[why: string, text: string, code: ConfigurationFault, message: string]>([
  ['broken YAML', 'Resources:\n  A: [1, 2\n', 'unreadable', 'site.yaml:3:1: neither JSON nor YAML'],
  ['broken JSON', '{"Resources": {"A": }', 'unreadable', 'neither JSON nor YAML'],
  ['an alias of nothing', 'Resources: *nothing', 'unreadable', 'an alias names no anchor'],
  ['a list', '[1]', 'not_a_configuration', 'holds no object'],
  ['nothing', '', 'not_a_configuration', 'holds no object'],
  ['no resources', 'Outputs: {}', 'not_a_configuration', 'has no Resources'],
  ['a resource without a type', 'Resources: { A: {} }', 'malformed', 'site.yaml: A: needs a Type'],
])('%s is refused', (_why, text, code, message) => {
  expect(thrownBy(() => readTemplate(text, { fileName: 'site.yaml' }))).toMatchObject({
    code,
    message: expect.stringContaining(message),
  })
})
