import { configurationDocument } from './configuration-document.ts'
import { ConfigurationError } from './configuration-error.ts'
import { intrinsics } from './intrinsics.ts'
import { entry, references, type TemplateSections } from './references.ts'
import { isRecord } from './shapes.ts'

export interface TemplateOptions {
  /**
   * Values that are known although the template does not hold them: a parameter (`Stage`), a resource's Ref (`Host`) or
   * attribute (`Host.DomainName`), a pseudo parameter (`AWS::Region`), an export. They win over everything.
   */
  readonly known?: Readonly<Record<string, string>>
  /** Begins the place in every message. */
  readonly fileName?: string
}

export interface Resource {
  readonly logicalId: string
  readonly type: string
  /** File and logical id, as messages begin. */
  readonly where: string
  /** Resolved when first read: a template may hold much that nobody here reads. @throws ConfigurationError */
  readonly properties: Readonly<Record<string, unknown>>
}

/** A template whose intrinsic functions are resolved. */
export interface Template {
  /** In the template's order, without those whose condition does not hold. */
  readonly resources: readonly Resource[]
  readonly ofType: (type: string) => readonly Resource[]
  /** What Ref gives for a resource. */
  readonly ref: (resource: Resource) => string
  /** What GetAtt gives for a resource. */
  readonly attribute: (resource: Resource, attribute: string) => string
}

/**
 * A CloudFormation template, JSON or YAML, with its intrinsic functions resolved: parameters by their defaults, pseudo
 * parameters by an example account in us-east-1. What is not yet made is symbolic: `LogicalId` for Ref,
 * `LogicalId.Attribute` for GetAtt, `https://LogicalId.FunctionUrl/` for a URL.
 * @throws ConfigurationError with the place and what to do.
 */
export function readTemplate(text: string, options: TemplateOptions = {}): Template {
  return templateOf(configurationDocument(text, options.fileName ?? ''), options)
}

/** The same from a parsed document. */
export function templateOf(document: TemplateSections, { known = {}, fileName = '' }: TemplateOptions = {}): Template {
  const names = references(document, known)
  const { resolve, holds } = intrinsics(document, names)
  const { Resources } = document
  if (!isRecord(Resources)) throw new ConfigurationError('not_a_configuration', fileName, 'has no Resources')

  const resources = Object.entries(Resources).flatMap(([logicalId, written]): Resource[] => {
    const where = fileName === '' ? logicalId : `${fileName}: ${logicalId}`
    const type = entry(written, 'Type')
    if (typeof type !== 'string') throw new ConfigurationError('malformed', where, 'needs a Type')
    const condition = entry(written, 'Condition')
    if (typeof condition === 'string' && !holds(condition, where)) return []
    return [lazily({ logicalId, type, where }, () => resolve(entry(written, 'Properties') ?? {}, where))]
  })
  return {
    resources,
    ofType: (type) => resources.filter((resource) => resource.type === type),
    ref: ({ logicalId, where }) => String(names.ref(logicalId, where)),
    attribute: ({ logicalId, where }, attribute) => names.attribute(logicalId, attribute, where),
  }
}

function lazily(resource: Omit<Resource, 'properties'>, properties: () => unknown): Resource {
  let resolved: Readonly<Record<string, unknown>> | undefined
  return {
    ...resource,
    get properties() {
      if (resolved === undefined) {
        const value = properties()
        if (!isRecord(value)) throw new ConfigurationError('malformed', resource.where, 'Properties is not an object')
        resolved = value
      }
      return resolved
    },
  }
}
