import { ConfigurationError } from './configuration-error.ts'
import { isRecord } from './shapes.ts'

/** The sections of a template, as written. */
export interface TemplateSections {
  readonly Parameters?: unknown
  readonly Mappings?: unknown
  readonly Conditions?: unknown
  readonly Resources?: unknown
  readonly Transform?: unknown
}

/** What references stand for. Symbolic texts stand for what is not yet made, the same text each time. */
export interface References {
  /** `LogicalId`, a parameter's value, or a pseudo parameter's. */
  readonly ref: (name: string, where: string) => unknown
  /** `LogicalId.Attribute`; in the shape of a URL where the attribute is one. */
  readonly attribute: (logicalId: string, attribute: string, where: string) => string
  readonly exported: (name: string) => string
  /** Whether a text holds something that is not yet made. */
  readonly isSymbolic: (text: string) => boolean
}

/** `AWS::NoValue`: the property or list item that holds it is left out. */
export const NO_VALUE = Symbol('AWS::NoValue')

/** Pseudo parameters of a stack that is not yet made; the account is the one of AWS's examples. @source AWS CloudFormation User Guide, "Pseudo parameters reference" */
const PSEUDO_PARAMETERS: Readonly<Record<string, unknown>> = {
  'AWS::AccountId': '123456789012',
  'AWS::NoValue': NO_VALUE,
  'AWS::NotificationARNs': [],
  'AWS::Partition': 'aws',
  'AWS::Region': 'us-east-1',
  'AWS::StackId': 'arn:aws:cloudformation:us-east-1:123456789012:stack/stack/00000000-0000-0000-0000-000000000000',
  'AWS::StackName': 'stack',
  'AWS::URLSuffix': 'amazonaws.com',
}

/** Attributes that are URLs: they are taken apart with Split and Select. @source AWS CloudFormation Template Reference, return values of each type */
const URL_ATTRIBUTES: Readonly<Record<string, (symbol: string) => string>> = {
  'AWS::Lambda::Url.FunctionUrl': (symbol) => `https://${symbol}/`,
  'AWS::ApiGatewayV2::Api.ApiEndpoint': (symbol) => `https://${symbol}`,
  'AWS::S3::Bucket.WebsiteURL': (symbol) => `http://${symbol}`,
}

/** Types whose attribute `Id` is what Ref gives. @source AWS CloudFormation Template Reference, return values of each type */
const ID_IS_REF =
  /^AWS::CloudFront::(Distribution|CachePolicy|OriginRequestPolicy|ResponseHeadersPolicy|OriginAccessControl|CloudFrontOriginAccessIdentity)$/

/**
 * The references of a template. `known` overrides: `LogicalId`, `LogicalId.Attribute`, a parameter, a pseudo parameter
 * or an export by name.
 */
export function references(sections: TemplateSections, known: Readonly<Record<string, string>>): References {
  const symbols = new Set<string>()
  const knownAs = (name: string) => (Object.hasOwn(known, name) ? known[name] : undefined)
  const symbol = (name: string) => {
    symbols.add(name)
    return name
  }
  const typeOf = (logicalId: string, where: string): string => {
    const resource = entry(sections.Resources, logicalId)
    if (isRecord(resource)) return String(resource.Type)
    // A transform (SAM, for one) adds resources that only the service sees.
    if (sections.Transform !== undefined) return 'unknown'
    throw new ConfigurationError(
      'unresolved',
      where,
      `refers to ${logicalId}, which the template does not hold; correct the name or pass its value`,
    )
  }

  const ref = (name: string, where: string): unknown => {
    const given = knownAs(name)
    if (given !== undefined) return given
    if (Object.hasOwn(PSEUDO_PARAMETERS, name)) return PSEUDO_PARAMETERS[name]
    const parameter = entry(sections.Parameters, name)
    if (isRecord(parameter)) return parameterDefault(parameter) ?? symbol(name)
    typeOf(name, where)
    return symbol(name)
  }
  return {
    ref,
    attribute: (logicalId, attribute, where) => {
      const given = knownAs(`${logicalId}.${attribute}`)
      if (given !== undefined) return given
      const type = typeOf(logicalId, where)
      if (attribute === 'Id' && ID_IS_REF.test(type)) return String(ref(logicalId, where))
      const name = symbol(`${logicalId}.${attribute}`)
      // SAM makes the URL's resource itself: its type is not in the template.
      const asUrl =
        type === 'unknown' && attribute === 'FunctionUrl' ? 'AWS::Lambda::Url.FunctionUrl' : `${type}.${attribute}`
      return URL_ATTRIBUTES[asUrl]?.(name) ?? name
    },
    exported: (name) => knownAs(name) ?? symbol(name),
    isSymbolic: (text) => [...symbols].some((name) => text.includes(name)),
  }
}

/** Undefined: the template does not say. The default of an SSM parameter type is the name of a parameter, not its value. */
function parameterDefault(parameter: Readonly<Record<string, unknown>>): unknown {
  const type = String(parameter.Type ?? 'String')
  const value = parameter.Default
  if (value === undefined || type.startsWith('AWS::SSM::Parameter::')) return undefined
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<')
  return isList
    ? String(value)
        .split(',')
        .map((item) => item.trim())
    : value
}

/** A named entry of a section; undefined: not there. */
export function entry(section: unknown, name: string): unknown {
  return isRecord(section) && Object.hasOwn(section, name) ? section[name] : undefined
}
