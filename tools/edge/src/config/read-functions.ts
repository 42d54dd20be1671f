import { MAX_FUNCTION_BYTES } from '@sax/topology/cloudfront'
import { z } from 'zod'
import { ConfigurationError } from './configuration-error.ts'
import type { EdgeFunction } from './distribution.ts'
import type { Notes } from './notes.ts'
import type { Resource, Template } from './read-template.ts'
import { shaped } from './shapes.ts'

const cloudFrontFunction = z.object({ Name: z.string(), FunctionCode: z.string() })

export type FunctionEvent = 'viewer-request' | 'viewer-response'

/** The function an association names. An unknown one is reported and replaced by one that changes nothing. */
export type FunctionLookup = (arn: string, event: FunctionEvent, notes: Notes) => EdgeFunction

/**
 * CloudFront Functions of a template by ARN, symbolic or real; `sources` holds those it does not, by ARN or name.
 * A live configuration names its functions and does not hold them.
 * @throws ConfigurationError `function_too_large` above 10 KB. @source AWS CloudFront Developer Guide, "Quotas", CloudFront Functions
 */
export function functionLookup(template: Template, sources: Readonly<Record<string, string>>): FunctionLookup {
  const resources = template.ofType('AWS::CloudFront::Function')
  const isNamed = (resource: Resource, arn: string) =>
    arn === template.ref(resource) ||
    arn === template.attribute(resource, 'FunctionARN') ||
    arn === template.attribute(resource, 'FunctionMetadata.FunctionARN') ||
    arn.endsWith(`:function/${String(resource.properties.Name)}`)

  return (arn, event, notes) => {
    const resource = resources.find((candidate) => isNamed(candidate, arn))
    if (resource !== undefined) {
      const { Name: name, FunctionCode: code } = shaped(cloudFrontFunction, resource.properties, resource.where)
      return { name, code: measured(code, `${resource.where}.FunctionCode`) }
    }
    const name = arn.slice(arn.lastIndexOf('/') + 1)
    const given = [arn, name].find((key) => Object.hasOwn(sources, key))
    const code = given === undefined ? undefined : sources[given]
    if (code !== undefined) return { name, code: measured(code, notes.where) }
    notes.error(
      'unknown_function',
      arn,
      '.FunctionAssociations',
      `the source of function ${arn} is not in the input; add the function to the template or give its source by name`,
    )
    return { name: `unknown:${name}`, code: UNCHANGED[event] }
  }
}

const UNCHANGED: Readonly<Record<FunctionEvent, string>> = {
  'viewer-request': 'function handler(event) { return event.request }',
  'viewer-response': 'function handler(event) { return event.response }',
}

function measured(code: string, where: string): string {
  const bytes = Buffer.byteLength(code)
  if (bytes <= MAX_FUNCTION_BYTES) return code
  throw new ConfigurationError(
    'function_too_large',
    where,
    `${bytes} bytes of source; CloudFront takes ${MAX_FUNCTION_BYTES}: shorten it`,
  )
}
