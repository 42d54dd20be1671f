import { ofType, type SynthesizedStack } from './synthesized.ts'

interface Written {
  readonly Effect: string
  readonly Action: string | readonly string[]
  readonly Resource: unknown
  readonly Condition?: object
}

/** One line of a policy as a person reads it: `Allow a:B, a:C on x, y when {…}`. Attributes stand as `${Id.Attribute}`. */
function lineOf({ Effect, Action, Resource, Condition }: Written): string {
  const when = Condition === undefined ? '' : ` when ${JSON.stringify(flat(Condition))}`
  return `${Effect} ${[Action].flat().join(', ')} on ${[flat(Resource)].flat().join(', ')}${when}`
}

/** What each role of a stack may do, by the role's name. */
export function permissionsOf(stack: SynthesizedStack): Readonly<Record<string, readonly string[]>> {
  const policies = new Map(ofType(stack, 'AWS::IAM::ManagedPolicy'))
  return Object.fromEntries(
    ofType(stack, 'AWS::IAM::Role').map(([, { Properties }]) => {
      const attached = Properties.ManagedPolicyArns as readonly (string | { readonly Ref: string })[]
      const lines = attached.flatMap((one) => {
        if (typeof one === 'string') return [`AWS's own policy ${one}`]
        const document = policies.get(one.Ref)?.Properties.PolicyDocument as
          | { readonly Statement: readonly Written[] }
          | undefined
        if (document === undefined) throw new RangeError(`${one.Ref} is no policy of this stack`)
        return document.Statement.map(lineOf)
      })
      return [String(Properties.RoleName), Properties.Policies === undefined ? lines : [...lines, 'inline policies']]
    }),
  )
}

/** A value of a template as text where it is one: Join joined, references and attributes as `${…}`. */
function flat(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(flat)
  if (typeof value !== 'object' || value === null) return value
  const [[key, inner] = ['', undefined]] = Object.entries(value) as [string, unknown][]
  if (key === 'Ref') return `\${${String(inner)}}`
  if (key === 'Fn::GetAtt') return `\${${[inner].flat().join('.')}}`
  if (key === 'Fn::Join') {
    const [between, parts] = inner as readonly [string, readonly unknown[]]
    return parts.map(flat).join(between)
  }
  if (key === 'Fn::Select') {
    const [index, from] = inner as readonly [number, unknown]
    return `\${${String(index)} of ${JSON.stringify(flat(from))}}`
  }
  if (key === 'Fn::Split') return flat((inner as readonly unknown[])[1])
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, flat(one)]))
}
