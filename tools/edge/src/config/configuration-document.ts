import { type CollectionTag, Pair, parseDocument, Scalar, type ScalarTag, YAMLMap } from 'yaml'
import { ConfigurationError } from './configuration-error.ts'
import { isRecord } from './shapes.ts'

/**
 * The plain object a text in JSON or YAML holds. Short tags of CloudFormation come back in their long form:
 * `!GetAtt A.Arn` as `{"Fn::GetAtt": ["A", "Arn"]}`.
 * @source AWS CloudFormation User Guide, "Intrinsic function reference"
 * @throws ConfigurationError `unreadable` with line and column; `not_a_configuration` when it holds no object.
 */
export function configurationDocument(text: string, fileName: string): Readonly<Record<string, unknown>> {
  const document = text.trimStart().startsWith('{')
    ? (parsedJson(text) ?? parsedYaml(text, fileName))
    : parsedYaml(text, fileName)
  if (isRecord(document)) return document
  throw new ConfigurationError(
    'not_a_configuration',
    fileName,
    'holds no object; give a CloudFormation template or what `aws cloudfront get-distribution-config` prints',
  )
}

/** Undefined: not JSON. It may still be YAML in flow style, whose parser also says where it breaks. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function parsedYaml(text: string, fileName: string): unknown {
  const document = parseDocument(text, { customTags: (tags) => [...tags, ...SHORT_TAGS], merge: true })
  const [error] = document.errors
  if (error === undefined) return plain(document, fileName)
  const [start] = error.linePos ?? []
  const where = start === undefined ? fileName : `${fileName}:${start.line}:${start.col}`
  throw new ConfigurationError('unreadable', where, `neither JSON nor YAML (${error.code}); correct the text there`)
}

/** Aliases are followed here, those that name nothing or multiply without end included. */
function plain(document: ReturnType<typeof parseDocument>, fileName: string): unknown {
  try {
    return document.toJS()
  } catch (cause) {
    const sentence = 'an alias names no anchor, or aliases multiply beyond reason; write the text out'
    throw new ConfigurationError('unreadable', fileName, sentence, { cause })
  }
}

const FUNCTIONS = [
  ...['Sub', 'Join', 'Select', 'Split', 'If', 'Equals', 'Not', 'And', 'Or', 'FindInMap', 'ImportValue', 'Base64'],
  ...['GetAZs', 'Cidr', 'Transform', 'ToJsonString', 'Length'],
]

const SHORT_TAGS: readonly (ScalarTag | CollectionTag)[] = [
  scalarTag('Ref', 'Ref', (text) => text),
  scalarTag('Condition', 'Condition', (text) => text),
  scalarTag('GetAtt', 'Fn::GetAtt', attributePath),
  collectionTag('GetAtt', 'Fn::GetAtt', 'seq'),
  ...FUNCTIONS.flatMap((name) => [
    scalarTag(name, `Fn::${name}`, (text) => text),
    collectionTag(name, `Fn::${name}`, 'seq'),
    collectionTag(name, `Fn::${name}`, 'map'),
  ]),
]

function scalarTag(short: string, long: string, value: (text: string) => unknown): ScalarTag {
  return { tag: `!${short}`, resolve: (text) => ({ [long]: value(text) }) }
}

/** Stays a node, so that aliases inside it are still followed. */
function collectionTag(short: string, long: string, collection: 'seq' | 'map'): CollectionTag {
  const resolve: CollectionTag['resolve'] = (node) => {
    const call = new YAMLMap()
    call.items.push(new Pair(new Scalar(long), node))
    return call
  }
  return { tag: `!${short}`, collection, resolve }
}

/** The first dot ends the logical id: `Stack.Outputs.Url` is attribute `Outputs.Url` of `Stack`. */
export function attributePath(text: string): readonly [logicalId: string, attribute: string] {
  const dot = text.indexOf('.')
  return dot === -1 ? [text, ''] : [text.slice(0, dot), text.slice(dot + 1)]
}
